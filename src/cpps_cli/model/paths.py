"""Where each file of a library stands, and what a file holds by where it stands."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cpps_cli.model.change import Overlay
    from cpps_cli.model.contract import Contract

MANIFEST = "library.toml"
SOURCES = "sources.toml"
TERRITORIES = "territories.toml"
SCHEMAS = "schemas"

CONTRACT = "contract.toml"
PROGRAMMES = "programmes.toml"
CORRESPONDENCE = "correspondence.toml"
SHEETS = "sheets"
AMENDMENTS = "amendments"
LOCAL = "local"
# The one file of a snapshot, whatever its name on disk.
SNAPSHOT = "snapshot"


def contract_file(contract_id: str) -> str:
    """Names the file of a parent contract."""
    return f"{contract_id}/{CONTRACT}"


def programmes_file(contract_id: str) -> str:
    """Names the file of the programmes that sources report for a contract."""
    return f"{contract_id}/{PROGRAMMES}"


def correspondence_file(contract_id: str) -> str:
    """Names the file that says what became of the sheets of the contract before."""
    return f"{contract_id}/{CORRESPONDENCE}"


def sheet_file(contract_id: str, code: str) -> str:
    """Names the file of a sheet."""
    return f"{contract_id}/{SHEETS}/{code}.toml"


def amendment_file(folder: str, amendment_id: str) -> str:
    """Names the file of an amendment of a parent contract, or of the local one in a folder."""
    return f"{folder}/{AMENDMENTS}/{amendment_id}.toml"


def local_folder(contract_id: str, territory: str) -> str:
    """Names the folder of what stands beside the local text for a territory: its amendments."""
    return f"{contract_id}/{LOCAL}/{territory}"


def overlay_file(contract_id: str, territory: str) -> str:
    """Names the file of the local text for a territory."""
    return f"{local_folder(contract_id, territory)}.toml"


def local_file(overlay: "Overlay") -> str:
    """Names the file of a local text."""
    return overlay_file(overlay.parent, overlay.territory)


def local_amendment_file(overlay: "Overlay", amendment_id: str) -> str:
    """Names the file of an amendment of a local contract."""
    return amendment_file(local_folder(overlay.parent, overlay.territory), amendment_id)


def text_file(contract: "Contract") -> str:
    """Names the file of the text of a contract, be it a parent or a local one."""
    if contract.parent is None:
        return contract_file(contract.id)
    return overlay_file(contract.parent, contract.territory)


def amendment_of(file: str) -> str | None:
    """Finds the id of the amendment that a file holds; None where it holds none."""
    folder, _, name = file.rpartition("/")
    return name.removesuffix(".toml") if folder.endswith(f"/{AMENDMENTS}") else None


def contract_of(file: str) -> str | None:
    """Finds the contract to which a file belongs, the local one for what is beside its text."""
    folder, *rest = file.split("/")
    if not rest:
        return None
    return f"{folder}/{rest[1].removesuffix('.toml')}" if rest[0] == LOCAL else folder
