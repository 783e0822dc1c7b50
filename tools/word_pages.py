"""Lays Word documents out with LibreOffice, and says what is wrong with their pages.

    python tools/word_pages.py FILE.docx…            exit 1 where a page or a heading is not right
    python tools/word_pages.py FILE.docx… --keep DIR  keep the PDF files, to look at them

Needs `soffice` (LibreOffice Writer) and `pdftotext` (poppler); no other library.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring
from zipfile import ZipFile

LONGEST = 240  # seconds, for all of the documents together
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SOFT_HYPHEN = "\N{SOFT HYPHEN}"


def main() -> int:
    """Prints a line for each document, and what is wrong with it on standard error."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", nargs="+", type=Path)
    parser.add_argument("--keep", type=Path, help="where to put the PDF files")
    asked = parser.parse_args()
    missing = [tool for tool in ("soffice", "pdftotext") if shutil.which(tool) is None]
    if missing:
        print(f"error: not installed: {', '.join(missing)}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as made:
        folder = asked.keep or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        _lay_out(asked.documents, folder, Path(made) / "profile")
        wrong = [_said(document, folder) for document in asked.documents]
    return 1 if any(wrong) else 0


def _lay_out(documents: list[Path], folder: Path, profile: Path) -> None:
    """One PDF a document; LibreOffice says nothing of those that it could not open."""
    for document in documents:
        (folder / f"{document.stem}.pdf").unlink(missing_ok=True)
    command = ["soffice", f"-env:UserInstallation={profile.absolute().as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), *map(str, documents)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          start_new_session=True) as ran:  # fmt: skip
        try:
            said, _ = ran.communicate(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            os.killpg(ran.pid, signal.SIGKILL)
            said = f"error: LibreOffice has not ended after {LONGEST} seconds"
    if ran.returncode:
        print(said, file=sys.stderr)


def _said(document: Path, folder: Path) -> bool:
    """Prints what is to be said of a document, and whether something is wrong."""
    pdf = folder / f"{document.stem}.pdf"
    pages = _pages(pdf) if pdf.exists() else []
    wrong = list(_wrong(document, pages)) if pages else ["LibreOffice made no pages of it"]
    for sentence in wrong:
        print(f"error: {document}: {sentence}", file=sys.stderr)
    if not wrong:
        print(f"{document}: {len(pages)} pages")
    return bool(wrong)


def _pages(pdf: Path) -> list[str]:
    """The letters of each page, without the spaces between them."""
    ran = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True)
    return [_letters(page) for page in ran.stdout.split("\f")[:-1]]


def _wrong(document: Path, pages: list[str]) -> Iterator[str]:
    with ZipFile(document) as package:
        parts = {name: fromstring(package.read(name)) for name in package.namelist()}
    above = [_words(part) for name, part in parts.items() if name.startswith("word/header")]
    for number, page in enumerate(pages, 1):
        numbered = f"{number}/{len(pages)}"
        if number > 1 and numbered not in page:
            yield f"page {number} does not say that it is {number} / {len(pages)}"
        for repeated in filter(None, [*above, numbered]):
            page = page.replace(repeated, "", 1)  # noqa: PLW2901
        if not page:
            yield f"page {number} is empty"
    everything = "".join(pages)
    for heading, times in Counter(_headings(parts["word/document.xml"])).items():
        if (found := everything.count(heading)) < times:
            yield f"the heading {heading!r} is there {found} times, not {times}"


def _headings(document: Element) -> Iterator[str]:
    """Every heading, once where it stands and once in the summary."""
    for paragraph in document.iter(f"{_W}p"):
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        if style is not None and style.get(f"{_W}val", "").startswith(("Title", "Heading", "TOC")):
            yield _words(paragraph)


def _words(node: Element) -> str:
    return _letters("".join(text.text or "" for text in node.iter(f"{_W}t")))


def _letters(text: str) -> str:
    return "".join(text.replace(_SOFT_HYPHEN, "").split())


if __name__ == "__main__":
    sys.exit(main())
