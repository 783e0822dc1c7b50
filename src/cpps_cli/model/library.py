"""A library: a folder of contracts, and the contract its verbs speak of."""

from typing import Literal

from pydantic import Field

from cpps_cli.model.noun import Code, Note, Noun, Text


class Library(Noun):
    """What a library is: its title, and the contract that is meant when none is named."""

    format: Literal[1] = Field(description="the version of the file format: always 1 for now")
    title: Text = Field(description="what the library holds, in a few words")
    contract: Code = Field(description="the contract its verbs speak of: the name of its folder")
    language: Literal["fr", "en"] = Field("fr", description="the language of its contracts")
    fictional: bool = Field(
        False, description="true where nothing in it is real: a town for learning and trying"
    )
    note: Note | None = None
