"""A fingerprint of a text that typing does not change: what moved is what people would re-read."""

import hashlib
import json
import re
import unicodedata
from functools import lru_cache

from pydantic import BaseModel

from cpps_cli.model import TEXT_FIELDS, ActionSheet, Contract

# Apostrophes, quotation marks and dashes that mean the same; white space is one space.
_TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "«": '"', "»": '"'})


@lru_cache(maxsize=4096)  # many local texts are held against the same words of one parent
def normalised(text: str) -> str:
    """The text without what typing changes: NFC, white space, apostrophes, quotation marks."""
    plain = unicodedata.normalize("NFC", text).translate(_TYPOGRAPHY)
    # French sets spaces inside its quotation marks, English does not.
    return re.sub(r'\s*"\s*', '"', re.sub(r"\s+", " ", plain)).strip()


def fingerprint(contract: Contract) -> str:
    """The fingerprint of a contract's text: its own fields, its axes and its sheets."""
    term, window = contract.value("term"), contract.value("window")
    text = {
        "title": contract.title,
        "signatories": contract.signatories,
        "partners": contract.partners,
        "term": term and str(term),
        "window": window and str(window),
        "axes": [(axis.code, axis.number, axis.title) for axis in contract.axes],
        "sheets": [_sheet(sheet) for sheet in contract.sheets],
    }
    return digest(text)


def digest(value: object) -> str:
    """`sha256:` and the hash of a value made of tables, lists and texts, once normalised."""
    written = json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(written.encode()).hexdigest()


def _sheet(sheet: ActionSheet) -> dict[str, object]:
    fields = ("code", "number", "axis", *TEXT_FIELDS)
    return {field: getattr(sheet, field) for field in fields}


def _plain(value: object) -> object:
    match value:
        case str():
            return normalised(value)
        case BaseModel():
            return _plain({name: getattr(value, name) for name in type(value).model_fields})
        case dict():
            return {str(key): _plain(item) for key, item in value.items() if item not in (None, ())}
        case tuple() | list():
            return [_plain(item) for item in value]
        case None | bool() | int() | float():
            return value
        case _:
            return str(value)
