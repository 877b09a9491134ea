"""What we wrote for members: companies, questions, skills, the playbook; and how a file of it is read."""

from importlib import resources
from typing import TypeVar

import msgspec
import yaml

_T = TypeVar("_T")


def read(name: str, shape: type[_T]) -> _T:
    """Return a file of this folder. Raises ValueError with its name and what is wrong where."""
    return parse((resources.files(__name__) / name).read_text(encoding="utf-8"), shape, name)


def parse(text: str, shape: type[_T], name: str) -> _T:
    """Return YAML as what it must be. Raises ValueError with the name that is given, and what is wrong where."""
    try:
        return msgspec.convert(yaml.load(text, yaml.CSafeLoader), shape)
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise ValueError(f"{name}: {error}") from error
