"""The letters of our pictures, the same on every machine."""

from functools import cache
from importlib.resources import as_file, files

FONT = "Source Sans Pro"
_FACES = ("SourceSansPro-Regular.ttf", "SourceSansPro-Semibold.ttf", "SourceSansPro-Bold.ttf")


@cache
def font_files() -> list[str]:
    """Return the paths of the faces: regular, semibold, bold."""
    folder = files("font_source_sans_pro") / "files"
    paths = []
    for face in _FACES:
        with as_file(folder / face) as path:
            paths.append(str(path))
    return paths
