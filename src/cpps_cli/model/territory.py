"""Where a contract applies: a town, an arrondissement, or several of them together."""

from pydantic import Field

from cpps_cli.model.noun import Many, Note, Noun, Sources, TerritoryCode, Text


class Territory(Noun):
    """A place by its code (INSEE where it has one), with the other names people call it by."""

    code: TerritoryCode = Field(
        description="the INSEE code, or a code of your own", json_schema_extra={"from": "name"}
    )
    name: Text = Field(description="its full name")
    short_name: Text | None = Field(None, description="the name used in tables, such as 18e")
    also: Many[Text] = Field((), description="other names and codes by which people call it")
    made_of: Many[TerritoryCode] = Field(
        (), description="codes of the territories it is made of, where it is several in one"
    )
    sources: Sources = ()
    note: Note | None = None

    @property
    def label(self) -> str:
        """The name for tables."""
        return self.short_name or self.name

    @property
    def names(self) -> frozenset[str]:
        """Every word by which it may be asked for, in lower case."""
        known = {self.code, self.name, *self.also, *filter(None, [self.short_name])}
        return frozenset(name.casefold() for name in known)
