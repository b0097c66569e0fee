"""Measuring again with what was kept comes to the same as measuring everything, whatever arrives in between.

Months arrive, late rows, corrections of rows that had been sent, and rows are deleted; people become members and
leave. Every time the sums must be those of a full run, and once nothing changes nothing may be measured.
"""

import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from indicator_engines import load_memberships, rate
from indicator_inventions import TABLES, days, definitions, memberships, periods, records
from obc.domain.measurement.indicators.person import Membership
from obc.domain.measurement.records.tables import BY_NAME
from obc.engine.indicators.measure import general_population, tally_strata
from obc.engine.keeping.again import tally_again
from obc.engine.keeping.kept import Kept
from record_tables import loaded

RATES = [
    rate(id="attendances", events={"events": "emergency_attendances"}),
    rate(id="deaths", events={"events": "deaths"}, compared_with="general population"),
]
Rows = dict[str, list[dict[str, Any]]]


@st.composite
def changed(draw: st.DrawFn, before: Rows, later: Rows) -> Rows:
    """The records after something has happened to them."""
    table = draw(st.sampled_from([*TABLES, "deaths", "people"]))
    rows = list(before[table])
    match draw(st.sampled_from(["arrive", "late", "correct", "close", "delete", "arrive everywhere"])):
        case "arrive everywhere":
            return {name: _with_new(name, found, later[name]) for name, found in before.items()}
        case "arrive" | "late":
            rows = _with_new(table, rows, later[table])
        case "correct" if rows:
            place = draw(st.integers(0, len(rows) - 1))
            columns = [c for c in rows[place] if not c.endswith("_id") and c not in ("happened", "provider", "role")]
            column = draw(st.sampled_from(columns)) if columns else None
            if column:
                others = [row[column] for row in later[table] if row[column] is not None] or [rows[place][column]]
                rows[place] = {**rows[place], column: draw(st.sampled_from(others))}
        case "close" if rows:
            place = draw(st.integers(0, len(rows) - 1))
            ends = [c for c in rows[place] if c in ("discharged", "ended")]
            if ends and rows[place].get("happened"):
                rows[place] = {
                    **rows[place],
                    ends[0]: rows[place]["happened"] + timedelta(days=draw(st.integers(0, 200))),
                }
        case "delete" if rows and table != "people":
            rows.pop(draw(st.integers(0, len(rows) - 1)))
    return {**before, table: rows}


def _with_new(table: str, rows: list[dict[str, Any]], later: list[dict[str, Any]]) -> list[dict[str, Any]]:
    key = BY_NAME[table].key
    known = {tuple(row[column] for column in key) for row in rows}
    return [*rows, *(row for row in later if tuple(row[column] for column in key) not in known)]


@st.composite
def moved(draw: st.DrawFn, before: dict[str, tuple[Membership, ...]]) -> dict[str, tuple[Membership, ...]]:
    """Memberships that stay as they are, or end on a day, or begin."""
    if draw(st.booleans()):
        return before
    person, day = draw(st.sampled_from(sorted(before))), draw(days)
    kept = [stay for stay in before[person] if stay.joined < day]
    if kept and (kept[-1].left_on is None or kept[-1].left_on >= day):
        kept[-1] = replace(kept[-1], left_on=day - timedelta(days=1))
    if draw(st.booleans()):
        kept.append(Membership("t", "P2", day, None))
    return {**before, person: tuple(kept)}


@st.composite
def months(draw: st.DrawFn) -> list[tuple[Rows, dict[str, tuple[Membership, ...]]]]:
    """What is known of people, month after month."""
    rows, later, members = draw(records()), draw(records()), draw(memberships())
    known = [(rows, members)]
    for _ in range(2):
        rows, members = draw(changed(rows, later)), draw(moved(members))
        known.append((rows, members))
    return known


def both(rows: Rows, members: Any, asked: Any, wanted: Any, folder: Path) -> tuple[Any, Any, Any]:
    with loaded(rows) as connection:
        load_memberships(connection, members)
        population = general_population(connection)
        full = tally_strata(connection, asked, {}, wanted, population)
        again, reuse = tally_again(connection, asked, {}, wanted, population, Kept(folder, "a test"))
    return {key: dict(found) for key, found in full.items()}, {key: dict(found) for key, found in again.items()}, reuse


@settings(max_examples=settings.default.max_examples // 3)
@given(months(), periods(), definitions)
def test_what_is_measured_again_is_what_a_full_run_finds(known, wanted, asked):
    asked = [*asked, *RATES]
    with tempfile.TemporaryDirectory() as folder:
        for rows, members in known:
            full, again, _ = both(rows, members, asked, wanted, Path(folder))
            assert again == full


@settings(max_examples=settings.default.max_examples // 4)
@given(records(), memberships(), periods(), definitions)
def test_nothing_is_measured_twice(rows, members, wanted, asked):
    with tempfile.TemporaryDirectory() as folder:
        _, _, first = both(rows, members, asked, wanted, Path(folder))
        shuffled = {name: found[::-1] for name, found in rows.items()}
        full, again, second = both(shuffled, members, asked, wanted, Path(folder))
    assert again == full
    assert (first.kept, second.measured) == (0, 0)
    assert second.kept == first.measured == len(asked) * len(wanted)
