r"""Bad libraries, and the text that `cpps check` prints of each: one file for one code.

    == value-not-in-the-list, from town ==

    -- contrat/local/BF1.toml --
    title = "Contrat du Moulin"
    takes = "liste"

    -- expected.en --
    error[CP104]: `takes` cannot be `liste`
    …

`== … ==` begins a case and names its base, a library of `bases.case`: the case has the files of its
base, and its own files beside or instead of them. Empty lines at the end of a file are not of it.
What no editor would keep stands in a file marked `-- contrat/contract.toml, escaped --`: there
`\xe9` is one byte, `\{9}*5000` is 5,000 times what the braces hold, and `\` at the end of a line
joins the next one to it.
"""

import contextlib
import io
import re
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
LANGUAGES = ("en", "fr")
_CASE = re.compile(r"^== ([a-z0-9-]+)(?:, from ([a-z]+))? ==\n", re.MULTILINE)
_SECTION = re.compile(r"^-- (.+) --\n", re.MULTILINE)
_ESCAPED = ", escaped"
_ESCAPE = re.compile(rb"\\(?:x([0-9a-f]{2})|\{(.+?)\}\*(\d+)|\n)")


class Case(NamedTuple):
    """One bad library: `sections` has its own files and the texts expected, by their headings."""

    path: Path
    title: str
    base: str
    sections: dict[str, str]

    @property
    def code(self) -> str:
        """The code of a diagnostic, or the rule, that its file is named after."""
        return self.path.stem

    @property
    def name(self) -> str:
        return f"{self.code}-{self.title}"

    def expected(self, language: str) -> str:
        return self.sections[f"expected.{language}"]

    def expecting(self, checked: Mapping[str, tuple[str, int]]) -> "Case":
        """Gives the case that expects what a check of it printed."""
        new = {f"expected.{language}": text for language, (text, _code) in checked.items()}
        return self._replace(sections=self.sections | new)

    def own_files(self) -> dict[str, bytes]:
        """Reads the files that it does not have from its base, by their paths in the library."""
        return {
            heading.removesuffix(_ESCAPED): (
                unescape(text.encode()) if heading.endswith(_ESCAPED) else text.encode()
            )
            for heading, text in self.sections.items()
            if not heading.startswith("expected.")
        }

    def files(self) -> dict[str, bytes]:
        inherited = BASES[self.base].files() if self.base else {}
        return inherited | self.own_files()

    def write(self, folder: Path) -> Path:
        """Writes the library into a folder; gives the library's own folder there."""
        write_files(folder / "library", self.files())
        return folder / "library"

    def check(self) -> dict[str, tuple[str, int]]:
        """Gives, by language, what `cpps check library` prints and its exit code."""
        with tempfile.TemporaryDirectory() as folder:
            self.write(Path(folder))
            with contextlib.chdir(folder):
                return {language: _check_here(language) for language in LANGUAGES}


def _check_here(language: str) -> tuple[str, int]:
    from cpps_cli.cli import main

    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exit_code = main(["check", "library", "--all", "--lang", language])
    return printed.getvalue(), exit_code


def parse_cases(path: Path) -> list[Case]:
    """Reads the cases of one file, in their order."""
    before, *parts = _CASE.split(path.read_text(encoding="utf-8"))
    assert not before, f"{path.name} does not begin with a case"
    return [
        Case(path, title, base or "", _parse_sections(text))
        for title, base, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    ]


def _parse_sections(text: str) -> dict[str, str]:
    _before, *parts = _SECTION.split(text)
    texts = (part.rstrip("\n") for part in parts[1::2])
    return {heading: text and f"{text}\n" for heading, text in zip(parts[::2], texts, strict=True)}


def format_cases(cases: Iterable[Case]) -> str:
    """Gives the text of a file of cases: the inverse of reading it."""
    blocks = []
    for case in cases:
        base = f", from {case.base}" if case.base else ""
        blocks.append(f"== {case.title}{base} ==\n")
        blocks += [f"-- {heading} --\n{text}" for heading, text in case.sections.items()]
    return "\n".join(blocks)


def unescape(text: bytes) -> bytes:
    """Gives the bytes that an escaped file stands for."""

    def bytes_of(found: re.Match[bytes]) -> bytes:
        byte, repeated, times = found.groups()
        if byte:
            return bytes.fromhex(byte.decode())
        return unescape(repeated) * int(times) if repeated else b""

    return _ESCAPE.sub(bytes_of, text)


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Writes files by their paths inside a folder, with the folders that they need."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


BASES = {base.title: base for base in parse_cases(HERE / "bases.case")}
CASES = {
    case.name: case
    for path in sorted(HERE.glob("*.case"))
    if path.stem != "bases"
    for case in parse_cases(path)
}
