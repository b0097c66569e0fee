"""Reference and engine agree on every person and day, on segmentations and records that Hypothesis invents."""

from datetime import date, timedelta
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from obc.engine.segmentation.assign import assign
from record_tables import Row, Tables, loaded, row
from segmentation_cases import answers, segmentation
from shipped import code_lists, segmentations

FIRST, LAST = date(2016, 1, 1), date(2016, 12, 31)
CLUSTERS = ("02", "05", "08", "11", "16", "19", "09")
DIAGNOSES = ("F00.1", "F10.2", "F20", "F32.1", "F60.31", "F84.5", "G10", "F99")
TEAMS = ("A02", "A05", "A06", "A11", "B01", "D01", "F01")
ITEMS = ("979741000000106", "979641000000103")

day = st.dates(date(2014, 6, 1), date(2017, 2, 1))
lengths = st.sampled_from(["1 day", "28 days", "1 month", "6 months", "12 months", "2 years"])
people = st.sampled_from(["ann", "ben"])
codes = {
    "clusters": st.lists(st.sampled_from(CLUSTERS), min_size=1, max_size=3, unique=True),
    "teams": st.lists(st.sampled_from(TEAMS), min_size=1, max_size=3, unique=True),
    "diagnoses": st.lists(
        st.sampled_from(["F20-F29", "F10-F19", "F00-F99", "G10"]), min_size=1, max_size=2, unique=True
    ),
}


def _maybe(name: str, value: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.one_of(st.just({}), value.map(lambda drawn: {name: drawn}))


def _joined(*parts: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return st.tuples(*parts).map(lambda drawn: {key: value for part in drawn for key, value in part.items()})


leaf = st.one_of(
    st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda pair: {"age": [min(pair), max(pair)]}),
    _joined(
        codes["clusters"].map(lambda has: {"latest": "clusters.cluster", "has": has}),
        _maybe("within", lengths),
    ),
    _joined(
        codes["diagnoses"].map(lambda has: {"latest": "diagnoses.diagnosis", "has": has}),
        _maybe("where", st.just({"position": "primary"})),
        _maybe("within", lengths),
    ),
    _joined(
        st.just({"recorded": "scores"}),
        _maybe("where", st.just({"item": ITEMS[0]})),
        _maybe("score at least", st.sampled_from(["0", "2", "3"])),
        _maybe("within", lengths),
    ),
    _joined(
        st.just({"open": "referrals"}),
        _maybe("where", codes["teams"].map(lambda teams: {"team": teams})),
        _maybe("within", lengths),
        _maybe("or ended within", lengths),
    ),
    _joined(st.just({"open": "clusters"}), _maybe("or ended within", lengths)),
)
fact = st.recursive(
    leaf,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"all": parts}),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"any": parts}),
        inner.map(lambda part: {"not": part}),
    ),
    max_leaves=4,
)


@st.composite
def rules(draw: st.DrawFn, statuses: bool) -> list[dict[str, Any]]:
    found = []
    for number in range(draw(st.integers(0, 3))):
        rule: dict[str, Any] = {"id": f"rule-{number}", "when": draw(fact)}
        days = sorted(draw(st.lists(day, max_size=2)))
        rule |= dict(zip(("from", "until") if draw(st.booleans()) else ("until",), days, strict=False))
        found.append(rule)
    found.append({"id": "rest"})
    return [
        {**rule, **({"status": draw(st.sampled_from(["in", "later", "out"]))} if statuses else {})} for rule in found
    ]


@st.composite
def records(draw: st.DrawFn) -> Tables:
    def some(table: str, most: int, **cells: st.SearchStrategy[str]) -> list[Row]:
        found = draw(st.lists(st.fixed_dictionaries({"person_id": people, **cells}), max_size=most))
        return [row(table, given, number) for number, given in enumerate(found)]

    dates, ends = day.map(str), st.one_of(st.just("-"), day.map(str))
    born = st.one_of(st.dates(date(1975, 1, 1), date(2000, 12, 31)), day, st.just(date(1996, 2, 29))).map(str)
    return {
        "people": [row("people", {"person_id": name, "birth_date": draw(born)}, 0) for name in ("ann", "ben")],
        "deaths": [row("deaths", {"person_id": "ben", "happened": draw(dates)}, 0)] if draw(st.booleans()) else [],
        "referrals": some(
            "referrals",
            5,
            provider=st.sampled_from(["P1", "P2"]),
            happened=dates,
            discharged=ends,
            team=st.sampled_from((*TEAMS, "-")),
        ),
        "clusters": some("clusters", 4, happened=dates, ended=ends, cluster=st.sampled_from((*CLUSTERS, "-"))),
        "diagnoses": some(
            "diagnoses",
            4,
            happened=dates,
            diagnosis=st.sampled_from((*DIAGNOSES, "-")),
            position=st.sampled_from(["primary", "secondary"]),
        ),
        "scores": some(
            "scores",
            3,
            happened=dates,
            item=st.sampled_from(ITEMS),
            score=st.sampled_from(["0", "2", "3", "4", "-"]),
        ),
        "accommodation": some("accommodation", 2, happened=dates, accommodation_type=st.sampled_from(["01", "12"])),
    }


@given(rules(statuses=True), rules(statuses=False), records())
def test_invented_segmentations(scope: list[dict[str, Any]], groups: list[dict[str, Any]], tables: Tables) -> None:
    answers(segmentation(scope, groups), tables, FIRST, LAST)


@given(tables=records())
@settings(max_examples=10)
@pytest.mark.parametrize("name", sorted(segmentations()))
def test_shipped_segmentations(name: str, tables: Tables) -> None:
    answers(segmentations()[name], tables, FIRST, LAST, code_lists())


@given(rules(statuses=True), rules(statuses=False), records())
def test_every_living_person_is_in_one_place_on_every_day(
    scope: list[dict[str, Any]], groups: list[dict[str, Any]], tables: Tables
) -> None:
    connection = loaded(tables)
    assign(connection, segmentation(scope, groups), {}, LAST)
    days = [FIRST + timedelta(days=30 * number) for number in range(12)]
    for one_day in days:
        decided = _on(connection, "scope_decisions", one_day)
        alive = _alive(tables, one_day)
        assert sorted(name for name, *_ in decided) == alive
        members = _on(connection, "memberships", one_day)
        assert sorted(name for name, *_ in members) == sorted(name for name, status, *_ in decided if status == "in")


def _on(connection: duckdb.DuckDBPyConnection, table: str, one_day: date) -> list[tuple[str, ...]]:
    return connection.execute(f"SELECT * FROM {table} WHERE ? BETWEEN joined AND left_on", [one_day]).fetchall()


def _alive(tables: Tables, one_day: date) -> list[str]:
    died = {death["person_id"]: death["happened"] for death in tables["deaths"]}
    return sorted(
        person["person_id"]
        for person in tables["people"]
        if person["birth_date"] <= one_day and one_day <= died.get(person["person_id"], one_day)
    )
