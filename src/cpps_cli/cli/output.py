"""What a run says: data on standard output, everything else on standard error."""

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from cpps_cli import __version__
from cpps_cli.diagnostics import CppsError
from cpps_cli.i18n.catalogue import _

if TYPE_CHECKING:
    from cpps_cli.formats.csv import Dialect
    from cpps_cli.formats.registry import AnswerFormat
    from cpps_cli.present.document import Answer


class Output:
    """How answers are shown and sentences said; it holds nothing."""

    def show(self, answer: "Answer", format: "AnswerFormat", dialect: "Dialect" = "plain") -> None:
        """Writes the answer to standard output."""
        self.refuse_dialect(dialect, format)
        from cpps_cli.formats.registry import answer_text

        sys.stdout.write(answer_text(answer, format, dialect))

    def refuse_dialect(self, dialect: "Dialect", format: str | None) -> None:
        """Raises `CppsError` where a dialect is named for what is no csv."""
        if dialect != "plain" and format != "csv":
            raise CppsError("`--dialect` goes with `--format csv`")

    def pour(self, text: str) -> None:
        """A whole file on standard output, its line ends as they are."""
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(newline="")  # Windows would write another CR before each LF
        sys.stdout.write(text)

    def pour_all(self, texts: Iterable[str]) -> None:
        """An answer as it comes, on standard output."""
        sys.stdout.writelines(texts)

    def tell(self, lines: Iterable[str]) -> None:
        """Lines on standard output, never broken: some are commands to copy."""
        from cpps_cli.i18n.catalogue import inert

        sys.stdout.writelines(f"{inert(line)}\n" for line in lines)

    def say(self, sentence: str) -> None:
        """One line on standard error."""
        from cpps_cli.i18n.catalogue import inert

        sys.stderr.write(f"cpps: {inert(sentence)}\n")

    def say_error(self, end: CppsError) -> None:
        """A dead end: what it is, and what to do."""
        from cpps_cli.present.sentences import filled, suggestion

        self.say(filled(end.message, end.values))
        for line in (filled(end.help, end.values), suggestion(end.values)):
            if line:
                sys.stderr.write(f"      {line}\n")

    def say_bug(self, bug: Exception) -> None:
        """Something of ours failed: no traceback, but what to do."""
        kind = type(bug).__name__
        self.say(
            _("this should not have happened ({kind}: {bug}), in cpps {version}").format(
                kind=kind, bug=bug, version=__version__
            )
        )
        self.say(_("nothing was lost; run it again with `--debug` and report what it prints"))
