"""Samples that we wrote ourselves, for tests that must run in a clone that stands alone."""

from pathlib import Path

SAMPLES = Path(__file__).parents[1] / "leads" / "samples"


def sample(name: str) -> bytes:
    """Return the content of a sample."""
    return (SAMPLES / name).read_bytes()
