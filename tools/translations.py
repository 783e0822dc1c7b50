"""Bring the French catalogue in step with the words of the code.

    python tools/translations.py           extract, update the catalogues, compile them
    python tools/translations.py --check   change nothing; list what is not in step, exit 1

What a catalogue says of click and typer, whose sentences are not in our code, is left alone.
"""

import ast
import re
import sys
import tomllib
from collections.abc import Collection, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from string import Formatter
from typing import IO, Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src"
LOCALE = SOURCE / "cpps_cli" / "locale"
LANGUAGES = ("fr",)
SPEAKING_LIBRARIES = ("click", "typer")
# French has a space before some marks and inside quotation marks, where no line may end.
BREAKABLE = re.compile(r"\S [:;!?»]|« ")
# Our own: babel's holds the hour and its version, so that every run would change the file.
HEADER = """\
# Translation of cpps, under the same licence as cpps.
msgid ""
msgstr ""
"Project-Id-Version: cpps\\n"
"Language: {language}\\n"
"Plural-Forms: {plural}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def main(arguments: list[str]) -> int:
    """Exit status: 0 when in step or brought in step, 1 when not, 2 on a wrong argument."""
    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    said = extract()
    borrowed = said_by_libraries()
    faults: list[str] = []
    for language in LANGUAGES:
        path = LOCALE / language / "LC_MESSAGES" / "cpps.po"
        if not arguments:
            update(path, language, said, borrowed)
        name = path.relative_to(ROOT).as_posix()
        faults += [
            f"{name}: {fault}" for fault in find_faults(read(path, language), said, borrowed)
        ]
    print("\n".join(faults) or f"translations: {len(said)} messages, all in step")
    return 1 if faults and arguments else 0


def extract() -> Catalog:
    """Every message of our code, in the calls that `[tool.babel]` of pyproject.toml names."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    keywords = parse_keywords(settings["tool"]["babel"]["mappings"][0]["keywords"])
    catalog = Catalog()
    for place, line, message, context in found_in(SOURCE, keywords):
        where = f"{SOURCE.name}/{place}"
        catalog.add(message, locations=[(where, line)], context=context)
    return catalog


def said_by_libraries() -> Catalog:
    """Every message that click and typer pass to gettext, as installed here."""
    catalog = Catalog()
    for library in SPEAKING_LIBRARIES:
        spec = find_spec(library)
        for folder in (spec and spec.submodule_search_locations) or ():
            for _place, _line, message, context in found_in(Path(folder), DEFAULT_KEYWORDS):
                catalog.add(message, context=context)
    return catalog


def found_in(
    folder: Path, keywords: Mapping[str, Any]
) -> Iterator[tuple[str, int, str | tuple[str, ...], str | None]]:
    """Every message in the Python files of a folder: file, line, message, context."""
    every_file: Any = [("**.py", calls)]
    for name, line, message, _comments, context in extract_from_dir(
        folder, method_map=every_file, keywords=keywords
    ):
        yield Path(name).as_posix(), line, message, context


def calls(
    file: IO[bytes], keywords: Collection[str], _tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[tuple[int, str, list[str | None], list[str]]]:
    """The calls that hold messages, as babel wants them.

    Babel's own reader does not look inside an f-string before Python 3.12, and takes the key of
    `_(WORDS["key"])` for a message.
    """
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            words = [_constant(argument) for argument in node.args]
            if node.func.id in keywords and words:
                yield node.lineno, node.func.id, words, []
            elif any(named.arg == "schema" for named in node.keywords):
                # A document, which `cpps schema` lists with the first line about it.
                about, _, _ = (words[2] or "").partition("\n")
                yield node.lineno, "_", [about], []


def _constant(argument: ast.expr) -> str | None:
    text = argument.value if isinstance(argument, ast.Constant) else None
    return text if isinstance(text, str) else None


def read(path: Path, language: str) -> Catalog:
    """The catalogue at `path`, an empty one when there is none."""
    if not path.exists():
        return Catalog(locale=language, project="cpps", fuzzy=False)
    with path.open("rb") as text:
        return read_po(text, locale=language)


def update(path: Path, language: str, said: Catalog, borrowed: Catalog) -> None:
    """Write the catalogue anew with the messages of today, and compile it beside itself."""
    catalog = read(path, language)
    wanted = Catalog()
    for message in messages(said):
        wanted[message.id] = message
    for message in messages(catalog):
        if counterpart(said, message) is None and counterpart(borrowed, message) is not None:
            wanted.add(message.id, context=message.context)
    catalog.update(wanted)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as text:
        text.write(HEADER.format(language=language, plural=catalog.plural_forms).encode())
        write_po(
            text,
            catalog,
            width=100,
            omit_header=True,
            sort_by_file=True,
            ignore_obsolete=True,
            include_previous=True,
            include_lineno=False,
        )
    with path.with_suffix(".mo").open("wb") as compiled:
        write_mo(compiled, catalog)


def find_faults(catalog: Catalog, said: Catalog, borrowed: Catalog) -> Iterator[str]:
    """What is missing, doubtful, useless or wrong in a catalogue, one line each."""
    for message in messages(said):
        translated = counterpart(catalog, message)
        if translated is None or not is_complete(translated):
            yield f"missing: {first_form(message)!r}"
        elif message.pluralizable != translated.pluralizable:
            yield f"plural in one place only: {first_form(message)!r}"
    for message in messages(catalog):
        if counterpart(said, message) is None and counterpart(borrowed, message) is None:
            yield f"obsolete: {first_form(message)!r}"
        if message.fuzzy:
            yield f"fuzzy, to be read again: {first_form(message)!r}"
        if not same_placeholders(message):
            yield f"not the same placeholders: {first_form(message)!r}"
        if any(map(BREAKABLE.search, map(without_code, forms(message)))):
            yield f"space that may break beside a mark: {first_form(message)!r}"
    for message in catalog.obsolete.values():
        yield f"obsolete: {first_form(message)!r}"


def messages(catalog: Catalog) -> Iterator[Message]:
    """The messages of a catalogue, without its header."""
    return (message for message in catalog if message.id)


def counterpart(catalog: Catalog, message: Message) -> Message | None:
    """The same message in another catalogue."""
    return catalog.get(message.id, message.context)


def first_form(message: Message) -> str:
    """The English of a message, in the singular."""
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(message: Message) -> list[str]:
    """The translations of a message: one, or one for each plural form."""
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def without_code(text: str) -> str:
    """A translation without what it quotes of a file or of a command."""
    return re.sub("`[^`]*`", "``", text)


def is_complete(message: Message) -> bool:
    """Whether no form is left empty."""
    return bool(forms(message)) and all(forms(message))


def same_placeholders(message: Message) -> bool:
    """Whether each translation fills in what its English fills in; a singular may leave it out."""
    english = [message.id] if isinstance(message.id, str) else list(message.id)
    allowed = [placeholders(form) for form in english]
    return all(placeholders(form) in allowed for form in forms(message) if form)


def placeholders(text: str) -> frozenset[str] | None:
    """The names in braces; None for a text that `str.format` would refuse."""
    try:
        return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)
    except ValueError:
        return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
