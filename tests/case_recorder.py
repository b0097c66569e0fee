"""Writes down what the rule book asks and how it is answered, so that another engine can be asked all of it at once.

A plugin of a pytest run of its own: `recorded(paths)` starts one and reads what it wrote.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import indicator_engines
import segmentation_cases
from indicator_engines import Members, Totals
from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.records.codes import CodeList
from obc.domain.measurement.segmentation.segmentation import Segmentation
from record_tables import Tables

_FILE = "OBC_RECORDED_CASES"


class IndicatorCase(NamedTuple):
    """What one definition comes to of some records, as the reference has it."""

    test: str
    asked: IndicatorDefinition
    tables: Tables
    members: Members
    periods: tuple[Period, ...]
    lists: Mapping[str, CodeList]
    totals: list[Totals]


class SegmentationCase(NamedTuple):
    """Whom one segmentation puts where, as reference and DuckDB agree on it."""

    test: str
    asked: Segmentation
    tables: Tables
    first: date
    until: date
    lists: Mapping[str, CodeList]
    decided: list[segmentation_cases.Decided]
    members: list[segmentation_cases.Member]


def recorded(paths: Sequence[Path], file: Path) -> list[Any]:
    """All cases that the tests under `paths` try, of which `file` is a place to write them to."""
    command = [sys.executable, "-m", "pytest", "-p", "case_recorder", "-k", "not duckdb", "-p", "no:cov"]
    command += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
    environment = {**os.environ, _FILE: str(file), "PYTHONPATH": str(Path(__file__).parent)}
    environment.pop("PYTEST_XDIST_WORKER", None)
    done = subprocess.run(
        [*command, *map(str, paths)], env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-2000:]
    cases: list[Any] = pickle.loads(file.read_bytes())
    return cases


class _Recorder:
    def __init__(self, file: Path):
        self.file, self.cases, self.test = file, list[Any](), ""
        self.totals, self.answers = indicator_engines.Reference.totals, segmentation_cases.answers

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        self.test = item.name

    def pytest_sessionfinish(self) -> None:
        self.file.write_bytes(pickle.dumps(self.cases))

    def asked(self, reference: Any, *given: Any) -> Any:
        totals = self.totals(reference, *given)
        self.cases.append(IndicatorCase(self.test, *given, [dict(each) for each in totals]))
        return totals

    def assigned(
        self,
        segments: Segmentation,
        text: str | Tables,
        first: date,
        until: date,
        lists: Mapping[str, CodeList] | None = None,
    ) -> Any:
        found = self.answers(segments, text, first, until, lists)
        tables = segmentation_cases.drawn(text) if isinstance(text, str) else text
        self.cases.append(SegmentationCase(self.test, segments, tables, first, until, lists or {}, *found))
        return found


def pytest_configure(config: pytest.Config) -> None:
    """Stand between the tests and what answers them."""
    if file := os.environ.get(_FILE):
        recorder = _Recorder(Path(file))
        config.pluginmanager.register(recorder)
        indicator_engines.Reference.totals = lambda self, *given: recorder.asked(self, *given)  # type: ignore
        segmentation_cases.answers = recorder.assigned
