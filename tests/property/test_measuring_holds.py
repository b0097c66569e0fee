"""What must be true of measuring, whatever the records: order means nothing, and time and segments add up."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from indicator_engines import load_memberships, rate, with_expected_rounded
from indicator_inventions import definitions, memberships, periods, records
from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.person import PersonRecords
from obc.domain.measurement.indicators.reference import measure_people
from obc.domain.measurement.indicators.tally import with_totals
from obc.engine.indicators.measure import tally
from record_tables import loaded

EVENTS = [
    rate(id="attendances", events={"events": "emergency_attendances"}),
    rate(id="deaths", events={"events": "deaths"}),
]


def measured(
    rows: Mapping[str, list[dict[str, Any]]], members: Any, asked: list[IndicatorDefinition], wanted: tuple[Period, ...]
) -> dict[tuple[str, Period], Any]:
    with loaded(rows) as connection:
        load_memberships(connection, members)
        found = tally(connection, asked, {}, wanted)
    return {key: with_expected_rounded(with_totals(cells.items())) for key, cells in found.items()}


@given(records(), memberships(), periods(), definitions, st.randoms(use_true_random=False))
def test_the_order_of_records_changes_nothing(rows, members, wanted, asked, random):
    shuffled = {name: random.sample(found, len(found)) for name, found in rows.items()}
    people = [
        PersonRecords(
            p, {name: tuple(r for r in found if r["person_id"] == p) for name, found in shuffled.items()}, stays
        )
        for p, stays in reversed(members.items())
    ]
    before = measured(rows, members, asked, wanted)
    assert measured(shuffled, members, asked, wanted) == before
    for definition in asked:
        for period in wanted:
            again = with_expected_rounded(measure_people(definition, period, people, {}))
            assert again == before.get((definition.id, period), {})


@given(records(), memberships(), periods(), st.integers(0, 119))
def test_events_and_days_of_two_halves_are_those_of_the_whole(rows, members, wanted, cut):
    whole = wanted[0]
    middle = min(whole.start + timedelta(days=cut), whole.end)
    first = Period(start=whole.start, end=middle)
    halves = (first, Period(start=first.after, end=whole.end)) if middle < whole.end else (first,)
    found = measured(rows, members, EVENTS, (whole, *halves))
    for definition in EVENTS:
        parts = [found.get((definition.id, half), {}) for half in halves]
        for key, together in found.get((definition.id, whole), {}).items():
            of_key = [part[key] for part in parts if key in part]
            assert sum(part.numerator for part in of_key) == together.numerator
            assert sum(part.denominator for part in of_key) == together.denominator


@given(records(), memberships(), periods(), definitions)
def test_a_numerator_never_exceeds_its_denominator_and_segments_add_up(rows, members, wanted, asked):
    found = measured(rows, members, asked, wanted)
    for (name, _), totals in found.items():
        measure = next(definition.measure for definition in asked if definition.id == name)
        segments = [tally for (segment, provider), tally in totals.items() if segment != "all" and provider == "all"]
        whole = totals[("all", "all")]
        assert sum(tally.denominator for tally in segments) == whole.denominator
        assert sum(tally.numerator for tally in segments) == whole.numerator
        assert sum(tally.unknown for tally in segments) == whole.unknown
        if measure == "proportion":
            assert all(0 <= tally.numerator <= tally.denominator for tally in totals.values())
