from cpps_cli.model import Overlay


def amendment_file(contract_id: str, amendment_id: str) -> str:
    """The file of an amendment."""
    return f"{contract_id}/amendments/{amendment_id}.toml"


def local_amendment_file(overlay: Overlay, amendment_id: str) -> str:
    """The file of an amendment of a local contract."""
    return f"{overlay.parent}/local/{overlay.territory}/amendments/{amendment_id}.toml"


def amendment_of(file: str) -> str | None:
    """The id of the amendment that a file holds; None where it holds none."""
    folder, _, name = file.rpartition("/")
    return name.removesuffix(".toml") if folder.endswith("/amendments") else None


def contract_of(file: str) -> str | None:
    """The id of the contract to which a file belongs, the local one for what is beside its text."""
    folder, *rest = file.split("/")
    if not rest:
        return None
    return f"{folder}/{rest[1].removesuffix('.toml')}" if rest[0] == "local" else folder


def local_file(overlay: Overlay) -> str:
    """The file of a local text."""
    return f"{overlay.parent}/local/{overlay.territory}.toml"


SOURCES = "sources.toml"


CONTRACT = "contract.toml"


PROGRAMMES = "programmes.toml"


CORRESPONDENCE = "correspondence.toml"


SCHEMAS = "schemas"


def correspondence_file(contract_id: str) -> str:
    """The file that says what became of the sheets of the contract before."""
    return f"{contract_id}/{CORRESPONDENCE}"


def overlay_file(contract_id: str, territory: str) -> str:
    """The file that holds the local text for a territory."""
    return f"{contract_id}/local/{territory}.toml"


def local_folder(contract_id: str, territory: str) -> str:
    """The folder of what stands beside the local text for a territory: its amendments."""
    return f"{contract_id}/local/{territory}"
