"""Definitions and records that Hypothesis invents come to the same on Spark as in the reference."""

from pathlib import Path
from typing import Any

from hypothesis import Phase, given, settings

from case_recorder import IndicatorCase
from indicator_inventions import definitions, memberships, periods, records
from many_cases import on_spark
from obc.domain.measurement.indicators.person import PersonRecords
from obc.domain.measurement.indicators.reference import measure_people
from obc.engine.spark.ours import OurSpark

EXAMPLES = max(12, settings.get_profile("push").max_examples // 2)
"""A few: each of their queries is one of a kind, and a second of Spark's time. DuckDB tries them all."""


def invented() -> list[IndicatorCase]:
    """The same cases on every day."""
    found: list[IndicatorCase] = []

    @settings(max_examples=EXAMPLES, derandomize=True, database=None, deadline=None, phases=[Phase.generate])
    @given(records(), memberships(), periods(), definitions)
    def invent(rows: Any, members: Any, wanted: Any, asked: Any) -> None:
        people = [
            PersonRecords(p, {name: tuple(r for r in of if r["person_id"] == p) for name, of in rows.items()}, stays)
            for p, stays in members.items()
        ]
        for definition in asked:
            if not definition.compared_with:
                totals = [measure_people(definition, period, people, {}) for period in wanted]
                found.append(IndicatorCase(definition.id, definition, rows, members, wanted, {}, totals))

    invent()
    return found


def test_invented_indicators(ours: OurSpark, tmp_path: Path) -> None:
    cases = invented()
    wrong = [
        (case.asked.model_dump(mode="json", by_alias=True), case.totals, sums)
        for case, sums in zip(cases, on_spark(ours, cases, tmp_path), strict=True)
        if sums != case.totals
    ]
    assert wrong == []
    assert sum(any(case.totals) for case in cases) > len(cases) / 3, "hardly anybody is counted"
