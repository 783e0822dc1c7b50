"""Columns that several of these tables have."""

from typing import get_args

from cpps_cli.model import Basis
from cpps_cli.present.facts.open_data.table import Column, claimed, link

WHERE = (
    link("contract", "the id of the local contract"),
    link("territory", "the code of the place where it applies"),
)
BASIS = Column("basis", "how much of its text is held", required=True, words=get_args(Basis))
LINK_INFERRED = claimed("link_inferred", "whether the link is read by us, stated in no source")
