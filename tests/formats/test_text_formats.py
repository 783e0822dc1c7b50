"""Every document of both libraries says in each text format what its outline says."""

from collections.abc import Callable

import pytest

from cpps_cli.cli.export import written
from cpps_cli.formats.html import html
from cpps_cli.formats.markdown import markdown
from cpps_cli.formats.registry import DocumentFormat
from cpps_cli.i18n.catalogue import speaking
from cpps_cli.present.document_context import DocumentContext
from tests.formats.comparison import Heard, assert_same, assert_says_the_contract
from tests.formats.hostile import HOSTILE, OBEYED, hostile_outline
from tests.formats.reader_html import read_html
from tests.formats.reader_markdown import read_markdown
from tests.formats.subjects import SUBJECTS, outlined, subjects

READERS: dict[DocumentFormat, Callable[[bytes], Heard]] = {
    "html": read_html,
    "markdown": read_markdown,
}
WRITERS = {"html": html, "markdown": markdown}
formats = pytest.mark.parametrize("format", READERS)


@formats
@pytest.mark.parametrize("name", SUBJECTS)
def test_document_says_what_its_outline_says(name: str, format: DocumentFormat) -> None:
    subject = subjects()[name]
    content = written(subject, format)
    assert isinstance(content, bytes)
    read = READERS[format](content)
    assert_same(read, outlined(subject))
    if isinstance(subject, DocumentContext) and subject.sheet is None:
        assert_says_the_contract(read, subject)


@formats
def test_same_dossier_gives_the_same_bytes(format: DocumentFormat) -> None:
    subject = subjects()["contrat-exemple-2021-2026/EX001"]
    assert written(subject, format) == written(subject, format)


@formats
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_is_inert(kind: str, format: DocumentFormat) -> None:
    outline = hostile_outline(HOSTILE[kind])
    with speaking(outline.language):
        content = WRITERS[format](outline)
    assert not OBEYED & set(content.decode())
    assert_same(READERS[format](content), outline)
