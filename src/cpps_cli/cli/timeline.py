"""`cpps timeline`: how do terms and windows lie across the years?"""

from cpps_cli.cli.options import DialectOption, FormatOption, OnOption
from cpps_cli.cli.session import Session
from cpps_cli.cli.standings import (
    AllOption,
    GenerationOption,
    ReadingOption,
    Scope,
    Selection,
    status_parts,
)
from cpps_cli.cli.stream import Notation, Stream
from cpps_cli.cli.territories import ArrondissementsOption


def timeline(
    session: Session,
    on: OnOption = None,
    contract: GenerationOption = None,
    arrondissement: ArrondissementsOption = None,
    all: AllOption = False,
    reading: ReadingOption = None,
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
) -> int:
    """Draws the current generation on the day, or what is named of it."""
    from cpps_cli.present.sections.timeline import timeline as view
    from cpps_cli.schedule.filters import Choice

    day = on or session.today
    scope = Scope(day, contract, arrondissement, all, reading)
    stream = Stream(status_parts(session, scope, Selection(Choice())), Notation(format, dialect))
    found = [item for some in stream.kept() for item in some.shown]
    complete = session.mention_faults(stream.faults)
    session.show(view(found, session.folder.territories, day, reading), format, dialect)
    return 0 if complete else 1
