"""Invented records and invented definitions: what Hypothesis draws to set engines against each other.

Records are dense in what matters: few codes, few days, many of them ends of months, ties on one day, rows
without codes, without times and without ends. Definitions are built from the result back: any condition that the
model accepts may be drawn, for any unit.
"""

import itertools
from datetime import date, datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st
from pydantic import ValidationError

from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.person import Membership
from obc.domain.measurement.records.tables import BY_NAME, Column

PEOPLE = ("ann", "bob", "cyd")
CODES = ("a", "b", "F20.1", "F31")
ITEMS = ("mood", "sleep")
TABLES = [
    "referrals",
    "contacts",
    "spells",
    "diagnoses",
    "scores",
    "clusters",
    "employment",
    "accommodation",
    "carers",
    "carer_assessments",
    "carer_scores",
    "carer_surveys",
    "patient_surveys",
    "emergency_attendances",
    "reviews",
]
UNITS = {
    "person": "person_id",
    "referral": "referral_id",
    "spell": "spell_id",
    "carer": "carer_id",
    "response": "response_id",
}

_EDGES = [
    date(2027, 12, 31),
    date(2028, 1, 31),
    date(2028, 2, 28),
    date(2028, 2, 29),
    date(2028, 3, 31),
    date(2027, 2, 28),
]
days = st.one_of(
    st.sampled_from(_EDGES),
    st.dates(date(2028, 1, 1), date(2028, 4, 30)),
    st.dates(date(2026, 10, 1), date(2028, 6, 30)),
)
moments = st.sampled_from([time(0, 0), time(3, 59), time(4, 0), time(12, 0), time(16, 0), time(23, 59, 59, 999_999)])


_PROVIDERS, _ITEMS, _ONE_OR_TWO = st.sampled_from(["P1", "P2"]), st.sampled_from(ITEMS), st.sampled_from((1, 2))
_MOMENTS, _DAYS_LATER = st.one_of(st.none(), moments), st.one_of(st.none(), st.integers(0, 200))
_PLAIN = {
    "number": st.one_of(st.none(), st.integers(0, 4), st.just(2.5)),
    "flag": st.sampled_from([None, "Y", "N"]),
}
_A_FEW_DAYS = st.lists(days, max_size=4)
_CODES = st.one_of(st.none(), st.sampled_from(CODES))


def _cell(draw: st.DrawFn, column: Column, person: str, happened: date) -> Any:
    """What stands in a cell; a strategy made anew for each would cost more than what is tested with it."""
    match column.name, column.kind:
        case "person_id", _:
            return person
        case "happened", _:
            return happened
        case "provider", _:
            return draw(_PROVIDERS)
        case "item", _:
            return draw(_ITEMS)
        case (("referral_id" | "carer_id"), _):
            return f"{person}-{draw(_ONE_OR_TWO)}"
        case _, "moment":
            at = draw(_MOMENTS)
            return None if at is None else datetime.combine(happened, at)
        case _, "date":
            later = draw(_DAYS_LATER)
            return None if later is None else happened + timedelta(days=later)
    return draw(_PLAIN.get(column.kind, _CODES))


@st.composite
def records(draw: st.DrawFn) -> dict[str, list[dict[str, Any]]]:
    """A few people with rows in every table; ids of a table's own key are never drawn twice."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    births = st.sampled_from([date(1960, 2, 29), date(1990, 3, 1), date(2010, 1, 31)])
    found["people"] = [
        {
            **dict.fromkeys(c.name for c in BY_NAME["people"].columns),
            "person_id": p,
            "birth_date": draw(births),
            "sex": draw(st.sampled_from("129")),
        }
        for p in PEOPLE
    ]
    found["deaths"] = [
        {"person_id": p, "happened": draw(days), "cause": draw(st.sampled_from(["a", "b"]))}
        for p in PEOPLE
        if draw(st.booleans())
    ]
    for name in TABLES:
        seen = set()
        for person in PEOPLE:
            for happened in draw(_A_FEW_DAYS):
                cells = {c.name: _cell(draw, c, person, happened) for c in BY_NAME[name].columns}
                number = len(found[name]) + 1
                own = BY_NAME[name].key[0]
                if own not in ("person_id", "referral_id", "carer_id"):
                    cells[own] = f"{name}-{number}"
                key = tuple(cells[column] for column in BY_NAME[name].key)
                if key not in seen:
                    seen.add(key)
                    found[name].append(cells)
    return found


@st.composite
def memberships(draw: st.DrawFn) -> dict[str, tuple[Membership, ...]]:
    """Each person's runs of days, one after another, with gaps."""
    found = {}
    for person in PEOPLE:
        cuts = sorted(draw(st.lists(days, max_size=6, unique=True)))
        stays = [
            Membership(
                draw(st.sampled_from(["s", "t"])),
                draw(st.sampled_from(["P1", "P2", None])),
                first,
                last - timedelta(days=1),
            )
            for first, last in itertools.pairwise(cuts)
            if draw(st.integers(0, 3))
        ]
        if draw(st.booleans()):
            stays.append(Membership("s", "P1", cuts[-1] if cuts else date(2000, 1, 1), None))
        found[person] = tuple(stays)
    return found


@st.composite
def periods(draw: st.DrawFn) -> tuple[Period, ...]:
    """One to four periods, which may overlap."""
    starts = draw(
        st.lists(
            st.one_of(st.sampled_from(_EDGES), st.dates(date(2027, 10, 1), date(2028, 4, 1))),
            min_size=1,
            max_size=4,
            unique=True,
        )
    )
    return tuple(Period(start=start, end=start + timedelta(days=draw(st.integers(0, 120)))) for start in starts)


offsets = st.sampled_from(
    ["", " + 1 day", " - 1 day", " + 30 days", " - 30 days", " + 1 month", " - 1 month", " + 12 months", " - 12 months"]
)
points = st.builds(str.__add__, st.sampled_from(["anchor", "anchor", "period start", "period end"]), offsets)
windows = st.lists(points, min_size=2, max_size=2)
hours = st.tuples(st.integers(-24, 24), st.integers(-24, 24)).map(
    lambda ends: [f"anchor {'-' if n < 0 else '+'} {abs(n)} hours" for n in sorted(ends)]
)
choices = st.sampled_from([["a"], ["b"], ["a", "b"], ["F20-F29"], ["a", "F30-F39"], ["Y"]])
of_the = st.sampled_from(["unit", "person"])


def _coded(table: str) -> list[str]:
    return [c.name for c in BY_NAME[table].columns if c.kind in ("code", "flag") and c.name not in ("provider", "item")]


@st.composite
def _where(draw: st.DrawFn, table: str) -> dict[str, list[str]]:
    columns = _coded(table)
    if not columns or draw(st.integers(0, 2)):
        return {}
    return {draw(st.sampled_from(columns)): draw(choices)}


@st.composite
def _leaf(draw: st.DrawFn) -> dict[str, Any]:
    table = draw(st.sampled_from(TABLES))
    rows = {"where": draw(_where(table)), "of the": draw(of_the)}
    match draw(st.sampled_from(["latest", "count", "count", "hours", "change", "own", "age", "alive", "open"])):
        case "latest":
            columns = _coded(table) or ["provider"]
            ties = draw(st.sampled_from(["yes wins", "no wins"]))
            latest = f"{table}.{draw(st.sampled_from(columns))}"
            return {"latest": latest, "has": draw(choices), "between": draw(windows), "ties": ties, **rows}
        case "count":
            bounds = draw(
                st.sampled_from([{}, {"at least": 2}, {"at most": 0}, {"at most": 1}, {"at least": 1, "at most": 2}])
            )
            return {"count": table, "between": draw(windows), **bounds, **rows}
        case "hours":
            timed = draw(st.sampled_from(["referrals", "contacts", "spells", "emergency_attendances"]))
            bounds = draw(st.sampled_from([{}, {"at least": 2}, {"at most": 0}, {"at least": 1, "at most": 1}]))
            return {"count": timed, "between": draw(hours), "of the": draw(of_the), **bounds}
        case "change":
            better, least = draw(st.sampled_from(["higher", "lower"])), draw(st.sampled_from(["1", "0.5"]))
            scores = draw(st.sampled_from(["scores.score", "carer_scores.score"]))
            items = draw(st.sampled_from([["mood"], list(ITEMS)]))
            parts = {"items": items, "first": draw(windows), "last": draw(windows), "better": better}
            return {"change": scores, **parts, "by at least": least, "of the": draw(of_the)}
        case "own":
            return {
                "own": draw(st.sampled_from(["team", "diagnosis", "answer", "admission_method"])),
                "has": draw(choices),
            }
        case "age":
            return {"age": sorted(draw(st.tuples(st.integers(10, 70), st.integers(10, 70)))), "at": draw(points)}
        case "alive":
            return {"alive": draw(points)}
        case _:
            interval = draw(st.sampled_from(["referrals", "clusters", "spells", "carers"]))
            since = {"since": draw(points)} if draw(st.booleans()) else {}
            return {
                "open": interval,
                "on": draw(points),
                "of the": draw(of_the),
                "where": draw(_where(interval)),
                **since,
            }


conditions = st.recursive(
    _leaf(),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"all": parts}),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"any": parts}),
        inner.map(lambda part: {"not": part}),
    ),
    max_leaves=4,
)


@st.composite
def _denominator(draw: st.DrawFn, unit: str) -> dict[str, Any]:
    who = draw(st.lists(conditions, max_size=2))
    if unit in ("person", "carer") and draw(st.booleans()):
        return {"cohort": draw(st.sampled_from(["period start", "period end"])), "who": who}
    table = draw(st.sampled_from([name for name in [*TABLES, "deaths"] if BY_NAME[name].has(UNITS[unit])]))
    dates = [c.name for c in BY_NAME[table].columns if c.kind == "date"]
    take = draw(st.sampled_from(["first", "each"])) if BY_NAME[table].key != (UNITS[unit],) else "each"
    falls = draw(st.sampled_from([{}, {}, {"falls": "1 month"}, {"falls": "12 months"}, {"falls": "7 days"}]))
    where = draw(_where(table))
    return {"event": table, "take": take, "column": draw(st.sampled_from(dates)), "where": where, "who": who, **falls}


@st.composite
def _parts(draw: st.DrawFn) -> dict[str, Any]:
    unit = draw(st.sampled_from(list(UNITS)))
    common = {
        "counts": unit,
        "denominator": draw(_denominator(unit)),
        "member on": draw(points),
        "provider": draw(st.sampled_from(["of the member", "of the row"])),
    }
    match draw(st.sampled_from(["proportion", "proportion", "rate", "total", "how many"])):
        case "proportion":
            unknown = draw(st.sampled_from(["stays in the denominator", "leaves the denominator"]))
            numerator = draw(st.lists(conditions, min_size=1, max_size=2))
            return {"measure": "proportion", **common, "numerator": numerator, "unknown": unknown}
        case "rate":
            table = draw(st.sampled_from(["deaths", "emergency_attendances", "reviews", "diagnoses"]))
            events = {"events": table, "where": draw(_where(table)), "once": draw(st.booleans())}
            compared = {"compared with": "general population"} if table == "deaths" and draw(st.booleans()) else {}
            time = {"person-time": "of members"}
            return {"measure": "rate", "denominator": time, "events": events, "multiplier": 1000, **compared}
        case "total":
            scores = draw(st.sampled_from(["scores.score", "carer_scores.score"]))
            value = {"total": scores, "items": list(ITEMS), "between": draw(windows), "of the": draw(of_the)}
            return {"measure": "mean", **common, "value": {**value, "ties": draw(st.sampled_from(["higher", "lower"]))}}
        case _:
            return {
                "measure": "mean",
                **common,
                "value": {"how many": draw(st.lists(conditions, min_size=1, max_size=3))},
            }


_ABOUT = {
    "title": "Invented",
    "why": "To try it.",
    "direction": "higher is better",
    "source": "none",
    "owner": "nobody",
    "review by": "2027-04-01",
}


def _built(parts: dict[str, Any]) -> IndicatorDefinition | None:
    try:
        return IndicatorDefinition.model_validate({"id": "invented", **_ABOUT, **parts})
    except ValidationError:
        return None


definitions = st.lists(_parts().map(_built).filter(bool), min_size=1, max_size=4).map(
    lambda found: [definition.model_copy(update={"id": f"invented-{n}"}) for n, definition in enumerate(found)]
)
"""Definitions that the model accepts, to be measured together."""
