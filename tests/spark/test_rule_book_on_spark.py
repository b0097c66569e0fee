"""Every case of the rule book that is about records comes to the same on Spark."""

from datetime import date
from pathlib import Path

import pytest

from case_recorder import IndicatorCase, SegmentationCase, recorded
from many_cases import load_cases, on_spark, taken_apart, together
from obc.engine.dialects.rendering import translated
from obc.engine.segmentation.assign import decided, decisions, members
from obc.engine.spark.ours import OurSpark

SPEC = Path(__file__).parents[1] / "spec"


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[IndicatorCase | SegmentationCase]:
    """What the chapters on indicators, shipped definitions and segmentation ask, and how they are answered."""
    chapters = [*SPEC.glob("indicators_*"), SPEC / "definitions", *SPEC.glob("segmentation_*")]
    return recorded(sorted(chapters), tmp_path_factory.mktemp("recorded") / "cases")


def test_indicators(cases: list[IndicatorCase | SegmentationCase], ours: OurSpark, tmp_path: Path) -> None:
    asked = [case for case in cases if isinstance(case, IndicatorCase)]
    found = on_spark(ours, asked, tmp_path)
    wrong = [case.test for case, sums in zip(asked, found, strict=True) if sums != case.totals]
    assert wrong == []
    assert len(asked) > 250 and any(sums[0] for sums in found), "few cases: has the rule book moved?"


def test_segmentation(cases: list[IndicatorCase | SegmentationCase], ours: OurSpark, tmp_path: Path) -> None:
    asked = [case for case in cases if isinstance(case, SegmentationCase)]
    assert len(asked) > 40
    for until in sorted({case.until for case in asked}):
        _segmented(ours, [case for case in asked if case.until == until], until, tmp_path)


def _segmented(ours: OurSpark, cases: list[SegmentationCase], until: date, folder: Path) -> None:
    segmentation, lists, tables = together(cases)
    load_cases(ours, tables, folder)
    ours.worked_out("decided", translated(decided(segmentation, lists, until, "TRUE"), "spark"))
    for runs, place in ((decisions, 0), (members, 1)):
        rows = ours.rows(translated(runs(segmentation, until), "spark"))
        for number, case in enumerate(cases):
            found = taken_apart(rows, case.first).get(number, [])
            assert found == sorted((case.decided, case.members)[place], key=lambda run: (run[0], run[3])), case.test
    ours.session.catalog.clearCache()
