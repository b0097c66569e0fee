"""The YAML files that obc comes with, read for tests."""

from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

import obc
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.records.codes import CodeList
from obc.domain.measurement.segmentation.segmentation import Segmentation
from obc.loaders.validation import validate
from obc.loaders.yaml_nodes import read_yaml

M = TypeVar("M", bound=BaseModel)

PACKAGE = Path(obc.__file__).parent
DEFINITIONS = PACKAGE / "definitions"


def read(path: Path, model: type[M]) -> M:
    """The file as a model; fails with every problem it has."""
    result, problems = validate(read_yaml(path), model)
    assert result is not None and not problems, "\n".join(map(str, problems))
    return result


@cache
def code_lists() -> dict[str, CodeList]:
    """All shipped code lists, by id."""
    return {path.stem: read(path, CodeList) for path in sorted((DEFINITIONS / "codes").glob("*.yaml"))}


@cache
def indicators() -> dict[str, IndicatorDefinition]:
    """All shipped indicators, by id."""
    found = sorted((DEFINITIONS / "indicators").glob("*.yaml"))
    return {path.stem: read(path, IndicatorDefinition) for path in found}


@cache
def segmentations() -> dict[str, Segmentation]:
    """All shipped ways to segment, and those of worked contracts, by the name of file or contract."""
    shipped = {path.stem: path for path in sorted((DEFINITIONS / "segments").glob("*.yaml"))}
    worked = {path.parent.name: path for path in sorted((PACKAGE / "worked_contracts").glob("*/segments.yaml"))}
    return {name: read(path, Segmentation) for name, path in {**shipped, **worked}.items()}
