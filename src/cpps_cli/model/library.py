"""A library: a folder of contracts, and the contract its verbs speak of."""

from typing import Literal

from pydantic import Field

from cpps_cli.model.noun import Code, Noun, Text

FORMAT = 1


class Library(Noun):
    """What a library is."""

    format: Literal[1] = Field(description="the version of the file format")
    title: Text
    contract: Code = Field(description="the contract its verbs speak of")
    language: Literal["fr", "en"] = Field("fr", description="the language of its contracts")
    fictional: bool = Field(False, description="true: nothing in it is real")
    note: Text | None = None
