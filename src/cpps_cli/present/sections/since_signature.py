"""What a parent has changed since a local contract was signed: apart from its text, in each view.

Whether a signed text follows its parent is no law: it is a choice, and the answer says which one
was used.
"""

from collections.abc import Iterator
from itertools import groupby

from cpps_cli.i18n.catalogue import _, capital
from cpps_cli.i18n.dates import day_in_words
from cpps_cli.i18n.labels import fields_in_words, sheet_name, version_in_words
from cpps_cli.model import Derived
from cpps_cli.model.derived import SinceSignature
from cpps_cli.present.document import Column, Paragraph, Section, Table
from cpps_cli.present.shapes import Shape

SINCE_SIGNATURE = Shape(
    "SinceSignatureDocument",
    SinceSignature,
    """A change of the parent since the signature, which the signed text does not follow.

    `code`: the parent's sheet, null for the contract itself; `field`: null for a whole sheet.
    """,
    "code kind field",
)


def follows(derived: Derived) -> str | None:
    """Which text of its parent a signed contract has: `signature` or `parent`; None before."""
    overlay = derived.overlay
    return overlay.follows if overlay is not None and overlay.signed_on is not None else None


def rule_in_words(derived: Derived) -> Iterator[str]:
    """Says which text of its parent a signed contract has, where the parent has changed since."""
    overlay = derived.overlay
    if overlay is None or overlay.signed_on is None:
        return
    if overlay.follows == "parent":
        yield _("Signed, it follows its parent: it has the words that the parent has that day.")
    elif derived.since_signature:
        words = _(
            "It has its parent's words of the day of its signature, {day} ({version}): what the "
            "parent has changed since is told apart."
        )
        version = version_in_words(derived.parent_version, derived.parent)
        yield words.format(day=day_in_words(overlay.signed_on), version=version)


def since_signature_section(derived: Derived) -> Iterator[Section]:
    """Lists, sheet by sheet, what the parent has changed since; nothing where it has not."""
    if not derived.since_signature:
        return
    columns = (
        Column("number", _("No.")),
        Column("title", _("Title"), wide=True),
        Column("change", _("Change of the parent")),
    )
    rows = tuple(_rows(derived))
    words = _(
        "The signed text does not have these changes. An amendment of its own takes them up; "
        '`follows = "parent"` in its file says, with a source, that it follows its parent.'
    )
    blocks = (Table(columns, rows), Paragraph(words, quiet=True))
    yield Section(_("Changed by the parent since the signature"), blocks, "depuis-la-signature")


def _rows(derived: Derived) -> Iterator[tuple[str, str, str]]:
    for code, changes in groupby(derived.since_signature, lambda item: item.code):
        if code is None:
            name, number = capital(_("the contract itself")), "–"
        else:
            sheet = derived.parent_of_day.sheet(code) or derived.parent.sheet(code)
            number = (sheet.number if sheet else None) or "–"
            name = (sheet.title or sheet_name(sheet)) if sheet else code
        yield number, name, _in_words(tuple(changes))


def sheet_since_signature(derived: Derived, codes: tuple[str, ...]) -> Iterator[str]:
    """Says what the parent has changed since in these sheets of its own."""
    changes = tuple(item for item in derived.since_signature if item.code in codes)
    if changes and changes[0].kind == "repealed":
        yield _("Repealed by the parent since the signature")
    elif changes:
        words = _("Changed by the parent since the signature: {changes}")
        yield words.format(changes=_in_words(changes))


def _in_words(changes: tuple[SinceSignature, ...]) -> str:
    match changes[0].kind:
        case "added":
            return _("added")
        case "repealed":
            return _("repealed")
        case "changed":
            return fields_in_words(tuple(item.field for item in changes if item.field))
