"""A Word document in its parts: styles, lists, tables, notes, and the package that holds them.

Imports python-docx at the start: only `to_docx` imports this, once it knows that it is installed.
"""

from cpps_cli.formats.registry import needed
from cpps_cli.present.document import Outline


def docx(outline: Outline) -> bytes:
    """The file, of the kind that Word 2013 and later write. Raises `CppsError` without python-docx.

    python-docx holds the package and its relations, and writes it; what it has no words for
    (footnotes, the summary, links, captions of tables) is made element by element.
    """
    with needed("python-docx"):
        import docx as _installed  # noqa: F401
    from cpps_cli.formats.docx.body import body
    from cpps_cli.formats.docx.elements import References
    from cpps_cli.formats.docx.package import add_notes, begun, saved

    document = begun(outline)
    references = References(document)
    written = list(body(outline, references))
    *_before, page = document.element.body
    document.element.body[:] = [*written, page]
    add_notes(document, references.notes)
    return saved(document)
