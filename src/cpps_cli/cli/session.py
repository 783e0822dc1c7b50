"""One run of a verb: the library it reads, and where what it says goes."""

import os
import sys
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cpps_cli.cli.writing import Output
from cpps_cli.diagnostics import N_, CppsError, Diagnostic, nearest
from cpps_cli.i18n.catalogue import _, names_in_words

if TYPE_CHECKING:
    from cpps_cli.diagnostics import Place, Span
    from cpps_cli.engine import Derivation, Parent
    from cpps_cli.formats.records import Dialect
    from cpps_cli.formats.registry import AnswerFormat
    from cpps_cli.library.locate import Found
    from cpps_cli.library.reader import LibraryFolder
    from cpps_cli.model import Contract, Derived, Overlay, Territory
    from cpps_cli.present.document import Answer


class Session(Output):
    """What the verbs ask for by name; it opens nothing before it is asked to."""

    def __init__(self, data: str | None, *, verbose: bool = False, own: bool = False) -> None:
        self.data = data
        self.verbose = verbose
        self.own = own  # the verb judges or changes texts of one's own: never those of another
        self.today = datetime.now(tz=None).astimezone().date()
        self._folder: LibraryFolder | None = None
        self._headless: tuple[Diagnostic, ...] = ()

    def repeated(self, contract: str | None, on: date | None = None) -> str:
        """The options that a command to copy repeats, so that it speaks of the same text."""
        from cpps_cli.present.sections.written import quoted

        stated = (("-c", contract), ("--on", on and str(on)), ("--data", self.data))
        return "".join(f" {option} {quoted(word)}" for option, word in stated if word)

    def show(self, answer: "Answer", format: "AnswerFormat", dialect: "Dialect" = "plain") -> None:
        """Writes the answer to standard output, and what its library is, where one was opened."""
        super().show(self.stood(answer), format, dialect)

    def stood(self, answer: "Answer") -> "Answer":
        """The answer that says what its library is."""
        if self._folder is None:
            return answer
        from cpps_cli.present.standing import with_standing

        return with_standing(answer, self._folder.library)

    # --- the library

    def found(self) -> "Found":
        """Where the library is."""
        from cpps_cli.library.locate import BUNDLED, find_library

        found = find_library(self.data, os.environ, Path.cwd())
        if found.chosen == "bundled":
            self._say_bundled()
        elif str(found.path) in BUNDLED:
            sentence = _("reading ./{name}, not the library of that name that comes with cpps")
            self.say(sentence.format(name=found.path))
        if self.verbose:
            how = {
                "option": _("named by `--data`"),
                "environment": _("named by CPPS_DATA"),
                "upwards": _("found from here upwards"),
                "bundled": _("the one that comes with cpps"),
            }[found.chosen]
            self.say(_("reading {path} ({how})").format(path=found.path, how=how))
        return found

    def _say_bundled(self) -> None:
        """Says that no library was found; ends the run where the verb needs one of one's own."""
        from cpps_cli.library.locate import library_below

        below = library_below(Path.cwd())
        near = str(below.relative_to(Path.cwd())) if below else "DIR"
        if self.own:
            raise CppsError(
                "there is no library in this folder, nor in those above it",
                help=N_("name the one that is meant: `--data {path}`"),
                path=near,
            )
        sentence = _("no library here: the answer is from Paris, which comes with cpps")
        if below:
            sentence = _(
                "no library here: the answer is from Paris, which comes with cpps; "
                "name the one below with `--data {path}`"
            ).format(path=near)
        self.say(sentence)

    @property
    def folder(self) -> "LibraryFolder":
        """The library that the question is about."""
        if self._folder is None:
            from cpps_cli.library.reader import open_library

            self._folder = open_library(self.found().path)
        return self._folder

    def reopen(self) -> None:
        """Forgets what was read: the library was written to."""
        self._folder = None

    def own_library(self) -> "LibraryFolder":
        """The library, where it is one that its user may write in."""
        from cpps_cli.library.locate import refuse_to_change

        refuse_to_change(self.folder.root)
        return self.folder

    def contract(self, contract_id: str | None) -> "Contract":
        """The parent contract named, or the one that the library's verbs speak of."""
        wanted = self.contract_id(contract_id)
        contract = self.folder.contract(wanted)
        self.refuse_faults(wanted)
        if contract is None:
            raise CppsError("the contract `{name}` cannot be read", exit_code=1, name=wanted)
        return contract

    def contract_id(self, named: str | None) -> str:
        """The id of the contract named, or of the one that the verbs speak of."""
        ids = self.folder.contract_ids()
        if named is None:
            library = self.folder.library
            self.refuse_faults("library.toml")
            named = library.contract if library else ""
        if named not in ids:
            values: dict[str, Any] = {"name": named, **nearest(named, ids)}
            raise CppsError("there is no contract `{name}` in this library", **values)
        return named

    def parent(self, contract: "Contract", on: date | None = None) -> "Parent":
        """The contract with its amendments, on a day; ends the run where its text is at fault."""
        parent = self.parent_as_written(contract, on)
        self.refuse_faults(contract.id, parent.faults)
        return parent

    def parent_as_written(self, contract: "Contract", on: date | None = None) -> "Parent":
        """The same, whatever is wrong with what its amendments change."""
        from cpps_cli.engine import Parent

        amendments = self.folder.amendments(contract.id)
        self.refuse_faults(contract.id)
        # A figure of this year is known before the year is over; of a day gone by, only those of
        # periods that had ended.
        measured = on if on is not None and on < self.today else None
        return Parent(contract, amendments, on, measured)

    def contracts(self, only: str | None) -> "list[Contract]":
        """Every parent contract with its sheets, or only the one named."""
        if only is not None:
            return [self.contract(only)]
        found = [self.folder.contract(name) for name in self.folder.contract_ids()]
        return [contract for contract in found if contract is not None]

    def text_on(self, contract_id: str | None, on: date | None) -> "Parent":
        """The contract named, or that of the verbs, on a day (today) on which it had a text."""
        from cpps_cli.engine import not_signed_before

        day = on or self.today
        signed = self.contract(contract_id)
        refuse_before(not_signed_before(signed, day), signed.label)
        return self.parent(signed, day)

    def derived(self, parent: "Parent", word: str) -> "tuple[Derived, Territory]":
        """The local contract of the territory that people call so, and that territory."""
        derivation, territory = self.derivation(parent, word)
        self.mention_edited(derivation.faults)
        return derivation.derived, territory

    def derivation(self, parent: "Parent", word: str) -> "tuple[Derivation, Territory]":
        """The same with what is to be said of it; ends the run where its text is at fault."""
        from cpps_cli.model.paths import overlay_file

        contract = parent.now.contract
        territory = self.territory(word, contract)
        derivation = parent.derive(self.overlay(contract, territory), territory)
        self.refuse_faults(overlay_file(contract.id, territory.code), derivation.faults)
        return derivation, territory

    def territory(self, word: str, contract: "Contract") -> "Territory":
        """The territory that people call so, for which the contract is derived."""
        known = self.folder.territories
        found = [item for item in known.values() if word.strip().casefold() in item.names]
        if not found:
            names = [known[code].label for code in contract.local_territories if code in known]
            raise CppsError(
                "no territory is called `{word}`",
                help=N_("{contract} is derived for: {names}"),
                word=word,
                contract=contract.label,
                names=names_in_words(names) or "–",
            )
        territory = found[0]
        if territory.code not in contract.local_territories:
            held = territory.code in self.folder.overlay_codes(contract.id)
            unforeseen = N_("a text of it is held: add it to `local_territories` of the contract")
            parts = N_("it is made of {parts}: ask for one of them") if territory.made_of else ""
            raise CppsError(
                "{contract} is not derived for {place}",
                help=unforeseen if held else parts,
                contract=contract.label,
                place=territory.name,
                parts=", ".join(known[code].label for code in territory.made_of if code in known),
            )
        return territory

    def successor(self, contract: "Contract") -> "Contract | None":
        """The contract of the generation after, where there is one."""
        from cpps_cli.schedule.status import successor

        return successor(contract, self.heads())

    def heads(self) -> "list[Contract]":
        """Every parent contract, without its sheets; one that lost its file is mentioned later."""
        self._headless = tuple(self.folder.headless())
        found = [self.folder.contract_head(name) for name in self.folder.contract_ids()]
        return [contract for contract in found if contract is not None]

    def overlay(self, contract: "Contract", territory: "Territory") -> "Overlay | None":
        """The local text held for a territory; None where none is."""
        from cpps_cli.model.paths import overlay_file

        overlay = self.folder.overlay(contract.id, territory.code)
        self.refuse_faults(overlay_file(contract.id, territory.code))
        return overlay

    def locate(self, place: "Place") -> "Span":
        """Where a place stands; in a file that stands alone, under its name on disk."""
        span = self.folder.locate(place)
        if self.folder.snapshot is None:
            return span
        return span._replace(file=str(self.folder.root))

    # --- faults

    def refuse_faults(self, needed: str, faults: Iterable[Diagnostic] = ()) -> None:
        """Ends the run where a file that the question needs is at fault.

        `needed` is a file, or a contract's id for its own files (its local texts apart).
        """
        alone = self.folder.root.is_file()
        errors = [
            fault
            for fault in (*self.folder.faults, *faults)
            if fault.severity == "error" and (alone or _concerns(fault.file, needed))
        ]
        if errors:
            from cpps_cli.formats.diagnostics.full import faults_in_full

            sys.stderr.write(faults_in_full(errors, self.folder))
            raise typer_exit(1)

    def mention_faults(self, faults: Iterable[Diagnostic] = ()) -> bool:
        """One line on standard error for each fault in other files; True where there is none."""
        found = (*self.folder.faults, *self._headless, *faults)
        errors = [fault for fault in found if fault.severity == "error"]
        if errors:
            from cpps_cli.formats.diagnostics.full import faults_concisely

            sys.stderr.write(faults_concisely(errors, self.folder))
        return not errors

    def mention_edited(self, faults: Iterable[Diagnostic]) -> None:
        """One line on standard error where a parent was edited under a local text in silence.

        Nothing else would show it: the words, or the sheet, that it had are held nowhere.
        """
        self.mention(fault for fault in faults if fault.code == "CP409")

    def mention(self, faults: Iterable[Diagnostic]) -> None:
        """One line on standard error for each of these, whatever their severity."""
        if told := list(faults):
            from cpps_cli.formats.diagnostics.full import faults_concisely

            sys.stderr.write(faults_concisely(told, self.folder))


def _concerns(file: str, needed: str) -> bool:
    if needed.endswith(".toml"):
        # A local text, with the folder of its amendments.
        return file == needed or file.startswith(f"{needed.removesuffix('.toml')}/")
    return (
        file.startswith(f"{needed}/")
        and "/local/" not in file
        and not file.endswith("programmes.toml")
    )


def refuse_before(signed_on: date | None, label: str) -> None:
    """Ends the run where, on the day that is meant, a contract was not signed yet."""
    from cpps_cli.i18n.dates import day_in_words

    if signed_on is not None:
        raise CppsError(
            "{contract} was signed on {day}: before, it had no text",
            exit_code=1,
            contract=label,
            day=day_in_words(signed_on),
        )


def typer_exit(code: int) -> Exception:
    """Ends the run with an exit code, once everything was said."""
    import typer

    return typer.Exit(code)
