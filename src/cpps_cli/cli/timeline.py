"""`cpps timeline`: how do terms and windows lie across the years?"""

from cpps_cli.cli.options import DialectOption, FormatOption, OnOption
from cpps_cli.cli.session import Session
from cpps_cli.cli.standings import (
    AllOption,
    Asked,
    GenerationOption,
    ReadingOption,
    standings_asked,
)
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

    day = on or session.today
    found = standings_asked(session, Asked(contract, arrondissement, all, reading), day)
    complete = session.mention_faults()
    session.show(view(found, session.folder.territories, day, reading), format, dialect)
    return 0 if complete else 1
