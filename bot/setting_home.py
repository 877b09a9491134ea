"""The folder that settings speak of: where `.env` is, and what a relative database or source in the settings means."""

import os
import re
from pathlib import Path
from typing import Final

HOME: Final = "RUNG_HOME"
"""Set by `.venv/bin/rung`, which works from any folder; no setting, since it says where the settings are."""
_RELATIVE_SQLITE = re.compile(r"(sqlite[^:/]*:///)(?!/|:memory:|file:|[A-Za-z]:)(?=[^?])")


def home() -> Path:
    """Return the folder: RUNG_HOME, else the one at hand."""
    return Path(os.environ.get(HOME) or ".").expanduser()


def at_home(url: str) -> str:
    """Return a database's address with a relative file made one of RUNG_HOME; anything else as it is."""
    if not os.environ.get(HOME):
        return url
    return _RELATIVE_SQLITE.sub(lambda found: f"{found[1]}{home().resolve().as_posix()}/", url, count=1)
