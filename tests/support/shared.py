"""The recorded payloads and API schemas that stand beside the repository, where they stand at all."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3] / "shared"


def shared(path: str) -> Path:
    """Return the path of a recorded file, or skip the test with the reason when this clone stands alone."""
    found = ROOT / path
    if not found.exists():
        pytest.skip(f"recorded payload {path!r} is not beside this clone; the samples under tests/ cover the same code")
    return found
