"""What a library must say of everything that is taken from it: that it is a reconstruction."""

from collections.abc import Iterator

from cpps_cli.i18n.catalogue import N_, _
from cpps_cli.model import Library
from cpps_cli.present.document import Answer, Notice, Paragraph

_RECONSTRUCTION = N_("Reconstruction from public sources, with no official standing")


def standing(library: Library | None) -> str:
    """What stands above each page; "" where there is nothing to say."""
    return _(_RECONSTRUCTION) if library is not None and library.reconstruction else ""


def with_standing(answer: Answer, library: Library | None) -> Answer:
    """The answer that ends with it, and has a key that is there for nothing else."""
    if not (words := standing(library)):
        return answer
    section, document = answer.section, dict(answer.document)
    foot = Paragraph(f"{words}.", quiet=True)
    head = {"schema": document.pop("schema", None), "reconstruction": True}
    return Answer(section._replace(blocks=(*section.blocks, foot)), answer.table, head | document)


def standing_notices(library: Library) -> Iterator[Notice]:
    """What stands on a title page: that nothing is real, or that it is a reconstruction."""
    if library.fictional:
        words = _("Nothing in this document is real: it is an example for learning.")
        yield Notice("state", _("Fictional"), words)
    if words := standing(library):
        yield Notice("state", _("To be known"), f"{words}.")
