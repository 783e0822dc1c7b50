"""What every noun shares: strict at the door, frozen afterwards, no unknown key."""

import re
from functools import lru_cache
from typing import Annotated, Any, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.functional_validators import BeforeValidator

T = TypeVar("T")


class Noun(BaseModel):
    """A value of the field. Nothing changes in place: a new value is made by the constructor."""

    # Schemas are built on first use: most questions need few of the nouns. Those that stand in
    # several others (`defer_build=False`) are built at once: each of these would build them again.
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", defer_build=True)

    def stated(self) -> dict[str, Any]:
        """Gives the fields that are stated, with their values."""
        return {name: getattr(self, name) for name in self.model_fields_set}

    def replace(self, **fields: Any) -> Self:
        """Makes a copy with other values, through the constructor: each of them is validated."""
        return type(self)(**{**self.stated(), **fields})


# A TOML array becomes a tuple; its items stay strict.
Many = Annotated[tuple[T, ...], Field(strict=False)]

Text = Annotated[str, StringConstraints(min_length=1, pattern=r"\S")]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
SourceId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=40)]
TerritoryCode = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$", max_length=40)
]
Fingerprint = Annotated[str, StringConstraints(pattern=r"^sha256:[0-9a-f]{16}$")]
Count = Annotated[int, Field(ge=0, le=100_000)]
Sources = Annotated[
    Many[SourceId], Field(description="ids, in `sources.toml`, of the sources that say so")
]
Note = Annotated[Text, Field(description="what a reader should know besides")]

_NUMBER = re.compile(r"^([1-9][0-9]{0,3})(?:[.-]([1-9][0-9]{0,3}))?$")


def _as_printed(value: object) -> object:
    """`2-1`, as some contracts print it, is `2.1` for us."""
    return value.replace("-", ".") if isinstance(value, str) and _NUMBER.match(value) else value


SheetNumber = Annotated[
    str,
    StringConstraints(pattern=r"^[1-9][0-9]{0,3}([.-][1-9][0-9]{0,3})?$"),
    BeforeValidator(_as_printed),
]


@lru_cache(maxsize=4096)
def number_order(number: str) -> tuple[int, ...]:
    """Makes the key that sorts sheet numbers as people read them: 1.2 before 1.10."""
    return tuple(int(part) for part in number.split("."))
