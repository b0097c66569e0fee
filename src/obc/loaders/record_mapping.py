"""Mappings of records and code lists: those that obc brings along, and a mapping file of the user."""

from pathlib import Path

from pydantic_core import PydanticCustomError

from obc.domain.core.kernel.problem import Problem, Problems
from obc.domain.measurement.records.codes import CodeList
from obc.domain.measurement.records.mapping import RecordMapping
from obc.loaders.places import DEFINITIONS
from obc.loaders.whole import read_whole
from obc.loaders.yaml_nodes import read_yaml

_SHORT = "mhsds-"
"""What may be left out of the name of a shipped mapping: `v6` is `mhsds-v6`."""


def shipped_mappings() -> dict[str, RecordMapping]:
    """The mappings that obc brings along, by id, each over the one it extends."""
    given = {path.stem: read_whole(path, RecordMapping) for path in sorted(DEFINITIONS.glob("records/*.yaml"))}
    return {name: mapping.extended(given) for name, mapping in given.items()}


def load_mapping(name: str | Path) -> RecordMapping:
    """A mapping by its name (`mhsds-v6` or `v6`), or from a file. Raises `Problems` with file and line."""
    shipped = shipped_mappings()
    for known in (str(name), f"{_SHORT}{name}"):
        if known in shipped:
            return shipped[known]
    path = Path(name)
    if not path.is_file():
        expected = f"write one of {', '.join(shipped)}, or the file of a mapping"
        raise Problems((Problem(file=str(name), where="the mapping", found="no such mapping", expected=expected),))
    mapping = read_whole(path, RecordMapping, str(name))
    try:
        return mapping.extended(shipped)
    except PydanticCustomError as error:
        line = read_yaml(path, str(name)).line(("extends",))
        said = error.context or {}
        raise Problems(
            (Problem(file=str(name), line=line, where="extends", found=said["found"], expected=said["expected"]),)
        ) from None


def shipped_code_lists() -> dict[str, CodeList]:
    """The code lists that obc brings along, by id."""
    paths = sorted(DEFINITIONS.glob("codes/*.yaml"))
    return {path.stem: read_whole(path, CodeList, f"codes/{path.name}") for path in paths}
