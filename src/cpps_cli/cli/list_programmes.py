"""`cpps list-programmes` lists what sources report."""

from cpps_cli.cli.options import ContractOption, DialectOption, FormatOption
from cpps_cli.cli.session import Session


def list_programmes(
    session: Session,
    contract: ContractOption = None,
    format: FormatOption = "table",
    dialect: DialectOption = "plain",
) -> int:
    """Lists the programmes reported for a contract."""
    from cpps_cli.model.paths import PROGRAMMES
    from cpps_cli.present.sections.programmes import programmes

    text = session.parent(session.contract(contract)).now.contract
    found = session.folder.programmes(text.id)
    session.refuse_faults(f"{text.id}/{PROGRAMMES}")
    answer = programmes(found, text, session.folder.sources)
    complete = session.mention_faults()
    session.show(answer, format, dialect)
    return 0 if complete else 1
