"""An outline as a Word document, whose look is all in styles that whoever edits it can change."""

from cpps_cli.export.extras import needed
from cpps_cli.export.outline import Outline


def docx(outline: Outline) -> bytes:
    """The file, of the kind that Word 2013 and later write. Raises `CppsError` without python-docx.

    python-docx holds the package and its relations, and writes it; what it has no words for
    (footnotes, the summary, links, captions of tables) is made element by element.
    """
    with needed("python-docx"):
        import docx as _installed  # noqa: F401
    from cpps_cli.export.docx_parts.body import body
    from cpps_cli.export.docx_parts.package import add_notes, begun, saved
    from cpps_cli.export.docx_parts.references import References

    document = begun(outline)
    references = References(document)
    written = list(body(outline, references))
    *_before, page = document.element.body
    document.element.body[:] = [*written, page]
    add_notes(document, references.notes)
    return saved(document)
