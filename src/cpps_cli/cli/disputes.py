"""`cpps disputes` shows what sources disagree on."""

from cpps_cli.cli.options import DialectOption, FormatOption, OnlyContractOption
from cpps_cli.cli.session import Session


def disputes(
    session: Session,
    contract: OnlyContractOption = None,
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
) -> int:
    """Shows the disputes of the whole library, or of one contract."""
    from cpps_cli.check.nouns import disputes_in
    from cpps_cli.present.sections.disputes import disputes as view

    found = list(disputes_in(session.contracts(contract), session.folder))
    answer = view(found, session.folder.sources, contract)
    complete = session.mention_faults()
    session.show(answer, format, dialect)
    return 0 if complete else 1
