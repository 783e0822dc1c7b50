"""The examples that `tools/judge.py` runs, from a list in which one line stands for many."""

import json
import re
import shlex
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import NamedTuple

LANGUAGES = ("fr", "en")
VARIABLE = re.compile("[A-Z_]+=")
Ask = Callable[[list[str]], str]


class Example(NamedTuple):
    """Commands that are run one after the other beside a copy of one library."""

    library: str
    language: str
    line: str

    @property
    def name(self) -> str:
        """What it is called in recordings, and in what may differ."""
        return f"{self.language} {self.library}: {self.line}".strip()

    @property
    def steps(self) -> list[list[str]]:
        """The words of each of its commands."""
        return [shlex.split(step) for step in self.line.split(" ; ")]

    def with_library(self, words: list[str]) -> list[str]:
        """The words of a command, with the library where they name none."""
        named = "--data" in words or any(word.startswith("CPPS_DATA=") for word in words)
        return words if named or self.library == "none" else [*words, "--data", self.library]


def examples_of(text: str, ask: Ask, libraries: Path) -> list[Example]:
    """Every example of a list, in each language; fails where a verb, option or format has none."""
    helps = {verb: ask([verb, "--help"]) for verb in verbs(ask(["--help"]))}
    lists = {**lists_of_build(ask, helps), **lists_of_libraries(libraries)}
    found = [
        Example(library, language, line)
        for heading, written in lines(text)
        for library, language in places(heading)
        for line in expanded(written, lists)
    ]
    if missing := uncovered(found, helps):
        raise SystemExit("\n".join(("no example of:", *missing)))
    return list(dict.fromkeys(found))


def lines(text: str) -> Iterator[tuple[str, str]]:
    """The lines of a list, with the heading above; one that is indented goes on with the last."""
    heading = ""
    for line in re.sub(r"\n[ \t]+", " ", text).splitlines():
        if line.startswith("["):
            heading = line
        elif line and not line.startswith("#"):
            yield heading, line


def places(heading: str) -> Iterator[tuple[str, str]]:
    """The libraries of a heading, each in the languages that it names, or in all."""
    words = heading.strip("[]").split()
    languages = [word for word in words if word in LANGUAGES] or LANGUAGES
    yield from product([word for word in words if word not in LANGUAGES], languages)


def expanded(line: str, lists: Mapping[str, list[str]]) -> Iterator[str]:
    """The line with each of the words that `{a|b}` or `{a list's name}` stand for."""
    # The formats are those of the verb before them, so that the verb comes first.
    found = re.search(r"\{(?!formats\})((?:[^{}]|\{formats\})*)\}", line)
    found = found or re.search(r"\{(formats)\}", line)
    if not found:
        yield re.sub(" {2,}", " ", line).strip()
        return
    before, after = line[: found.start()], line[found.end() :]
    verb = verb_of(before.split(" ; ")[-1].split())
    name = f"formats {verb}" if found[1] == "formats" else found[1]
    for word in lists[name] if name in lists else name.split("|"):
        yield from expanded(before + word.strip() + after, lists)


def verb_of(words: list[str]) -> str:
    """The verb of a command, after the variables it may begin with."""
    return next((word for word in words if not VARIABLE.match(word)), "")


def lists_of_build(ask: Ask, helps: Mapping[str, str]) -> dict[str, list[str]]:
    """The names that the program itself knows, and the formats of each verb as options."""
    codes = json.loads(ask(["explain", "--format", "json"]))["codes"]
    schemas = json.loads(ask(["schema", "--format", "json"]))["schemas"]
    return {
        "verbs": list(helps),
        "codes": [code["code"] for code in codes],
        "schemas": [schema["name"] for schema in schemas],
        **{f"formats {verb}": [*map("--format {}".format, formats(helps[verb]))] for verb in helps},
    }


def lists_of_libraries(libraries: Path) -> dict[str, list[str]]:
    """The contracts of each library; the sheets, amendments and territories of each contract."""
    found: dict[str, list[str]] = {}
    for path in sorted(libraries.glob("*/*/contract.toml")):
        contract, library = path.parent.name, path.parents[1].name
        found.setdefault(f"contracts {library}", []).append(contract)
        head = tomllib.loads(path.read_text(encoding="utf-8"))
        found[f"territories {contract}"] = head.get("local_territories", [])
        for kind in ("sheets", "amendments"):
            files = sorted((path.parent / kind).glob("*.toml"))
            found[f"{kind} {contract}"] = [file.stem for file in files]
    return found


def verbs(page: str) -> list[str]:
    """The verbs that the help of the program names."""
    return re.findall(r"^  ([a-z][a-z-]*)  ", page, re.MULTILINE)


def options(page: str) -> list[tuple[str, ...]]:
    """The names of each option of a verb, those of all verbs apart."""
    own = page.partition("\nCommon options")[0]
    found = re.findall(r"^  (-[\w-]+)(?:, (--[\w-]+))?", own, re.MULTILINE)
    return [tuple(filter(None, names)) for names in found]


def formats(page: str) -> list[str]:
    """The formats of a verb, from its help."""
    text = " ".join(page.split())
    found = re.search(r"--format (?:\[(.*?)\]|FORMAT How it is written: (.*?)\.)", text)
    if not found:
        return []
    parts = re.split(r"\||, or |, | or ", found[1] or found[2])
    return [part.split()[0] for part in parts]


def uncovered(examples: Iterable[Example], helps: Mapping[str, str]) -> list[str]:
    """The verbs, and their options and formats, that stand in no example."""
    used: dict[str, set[str]] = {}
    for words in (words for example in examples for words in example.steps):
        used.setdefault(verb_of(words), set()).update(words)
    missing = [verb for verb in helps if verb not in used]
    for verb, page in helps.items():
        names = used.get(verb, set())
        absent = [each for each in options(page) if names.isdisjoint(each)]
        missing += [f"{verb} {each[-1]}" for each in absent]
        missing += [f"{verb} --format {each}" for each in formats(page) if each not in names]
    return missing
