"""Diagnostics for people: the sentence, the place, the user's own line, and the remedy."""

from collections.abc import Iterable

from cpps_cli.diagnostics import Diagnostic, Span
from cpps_cli.render.faults.placed import Lines, Placed, placed, shown_path
from cpps_cli.render.printing import inert
from cpps_cli.render.sentences import label, message, remedy
from cpps_cli.render.words import _

WIDEST_LINE = 100


def faults_in_full(found: Iterable[Diagnostic], lines: Lines) -> str:
    """Each diagnostic with its excerpt, an empty line between two."""
    return "\n".join(_one(item, lines) for item in placed(found, lines))


def _one(item: Placed, lines: Lines) -> str:
    diagnostic = item.diagnostic
    head = f"{severity(diagnostic)}[{diagnostic.code}]: {message(diagnostic)}"
    margin = " " * len(str(max(span.line for span in (item.span, *item.related))))
    parts = [head, *_excerpt(item.span, lines, margin, label(diagnostic))]
    for related, span in zip(diagnostic.related, item.related, strict=True):
        parts.extend(_excerpt(span, lines, margin, _(related.label.english), second=True))
    if said := remedy(diagnostic):
        parts.append(f"{margin} = {_('help')}: {said}")
    return "\n".join(parts) + "\n"


def severity(diagnostic: Diagnostic) -> str:
    """The word for how grave it is."""
    words = {"error": _("error"), "warning": _("warning"), "note": _("note")}
    return words[diagnostic.severity]


def _excerpt(
    span: Span, lines: Lines, margin: str, under: str, *, second: bool = False
) -> list[str]:
    arrow = ":::" if second else "-->"
    where = f"{margin}{arrow} {shown_path(lines, span.file)}"
    text = lines.text(span.file).splitlines()
    if not 1 <= span.line <= len(text) or span.end_column <= span.column and span.line == 1:
        return [where]
    line = inert(text[span.line - 1]).expandtabs(1)
    start = span.column - 1
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    line, start, end = _cut(line, start, max(end, start + 1))
    return [
        f"{where}:{span.line}:{span.column}",
        f"{margin} |",
        f"{str(span.line).rjust(len(margin))} | {line}",
        f"{margin} | {' ' * start}{'^' * (end - start)} {under}".rstrip(),
    ]


def _cut(line: str, start: int, end: int) -> tuple[str, int, int]:
    """A long line, cut round what is pointed at."""
    if len(line) <= WIDEST_LINE:
        return line, start, min(end, max(len(line), start + 1))
    left = max(0, start - WIDEST_LINE // 3)
    shown = line[left : left + WIDEST_LINE]
    before, after = "…" if left else "", "…" if left + WIDEST_LINE < len(line) else ""
    start, end = start - left + len(before), min(end - left, WIDEST_LINE) + len(before)
    return before + shown + after, start, max(end, start + 1)
