"""Repeats how this copy of cpps was installed, so that an extra can be added to it."""

import json
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path, PurePath
from urllib.parse import urlsplit
from urllib.request import url2pathname

NAME = "cpps-cli"


def command_for(extra: str) -> str | None:
    """The command that installs an extra beside cpps; None where nothing says how cpps came."""
    try:
        record = distribution(NAME).read_text("direct_url.json")
    except PackageNotFoundError:
        return None
    return repeated(record, extra, sys.prefix)


def repeated(record: str | None, extra: str, prefix: str) -> str | None:
    """Repeats an installation with an extra; None where what it came from is gone.

    `record` is what PEP 610 keeps of a folder, an archive or an address, and None of a package from
    an index. `prefix` is that of the environment: those of pipx and uv are changed by these alone.
    """
    origin = json.loads(record or "{}")
    versioned = origin.get("vcs_info", {}).get("vcs")
    address = "+".join(filter(None, (versioned, origin.get("url", ""))))
    if address.startswith("file:"):
        source = url2pathname(urlsplit(address).path)
        if not Path(source).exists():
            return None
        package = f"'{source}[{extra}]'"
    else:
        package = f"'{NAME}[{extra}] @ {address}'" if address else f"'{NAME}[{extra}]'"
    places = PurePath(prefix).parts
    if "pipx" in places:
        return f"pipx install --force {package}"
    if "uv" in places and "tools" in places:
        return f"uv tool install --force {package}"
    return f"pip install {'-e ' * bool(origin.get('dir_info', {}).get('editable'))}{package}"
