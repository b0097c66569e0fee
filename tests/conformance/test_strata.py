"""Reference and DuckDB give equal counts by stratum, of every kind of unit; strata add up to the values."""

from datetime import date

from indicator_engines import QUARTER, code_lists, definition, load_memberships, records
from obc.bootstrap import contracts, measuring
from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.person import PersonRecords
from obc.domain.measurement.indicators.strata import digest_of, measure_strata, stratum_counts
from obc.domain.measurement.records.codes import CodeList
from obc.engine.indicators.measure import measure_sums, strata_of, tally, tally_strata, values_of
from obc.services.measure import segmentation_of
from record_tables import loaded
from shipped import code_lists as shipped_lists

CONTRACT = "oxfordshire-mental-health"
PERIODS = (
    Period(start=date(2016, 4, 1), end=date(2016, 6, 30)),
    Period(start=date(2015, 10, 1), end=date(2016, 9, 30)),
)
AREAS = CodeList.model_validate(
    {
        "id": "town-or-country",
        "title": "Town or country",
        "source": "a test",
        "codes": {"E07000178": "town", "E07000177": "town", "E07000179": "country", "E07000180": "country"},
    }
)
"""West Oxfordshire is in none: not known."""
FACTORS = [
    {"factor": "age", "from ages": [30, 50]},
    "sex",
    "segment",
    {"factor": "district", "grouped by": "town-or-country"},
]


def adjusted(one: IndicatorDefinition, factors: list[object]) -> IndicatorDefinition:
    written = one.model_dump(by_alias=True, exclude_none=True) | {"adjusted by": factors}
    return IndicatorDefinition.model_validate({name: part for name, part in written.items() if part != ()})


def test_reference_and_duckdb_agree_on_strata_of_every_shipped_proportion(tmp_path) -> None:
    contract = contracts.load_contract(CONTRACT)
    measuring.make_records(contract, tmp_path / "made", 200, 7, names="logical")
    proportions = [one for one in contract.definitions if one.measure == "proportion"]
    asked = [adjusted(one, FACTORS) for one in proportions]
    lists = {**shipped_lists(), AREAS.id: AREAS}
    with measuring.records_of(contract, tmp_path / "made") as session:
        session.segment(segmentation_of(contract), max(period.end for period in PERIODS))
        found = tally_strata(session.connection, asked, lists, PERIODS)
        plain = tally(session.connection, proportions, lists, PERIODS)
        assert tally(session.connection, asked, lists, PERIODS) == plain, "adjusting changes no value"
        ids = [row[0] for row in session.connection.execute("SELECT person_id FROM people ORDER BY 1").fetchall()]
        people = [one for person in ids if (one := session.person(person))]
    levels = set()
    for one in asked:
        for period in PERIODS:
            expected = measure_strata(one, period, people, lists)
            assert found.get((one.id, period), {}) == expected, (one.id, period)
            levels |= {level for _, stratum in expected for level in stratum}
    assert levels >= {"under 30", "30 to 49", "50 and over", "1", "2", "psychosis", "town", "country", "not known"}


TEXT = """
people        | person_id birth_date sex lsoa
              | ann       1996-04-01 1   E1
              | bob       1996-04-02 2   -
              | cyd       1960-01-01 2   E2
reviews       | person_id provider happened   carer_attended
              | ann       P1       2026-03-31 Y
              | ann       P1       2026-04-01 Y
              | bob       P1       2026-04-01 N
              | cyd       P2       2026-06-30 Y
memberships   | person_id segment provider joined     left_on
              | ann       s       P1       2020-01-01 -
              | bob       s       P1       2020-01-01 -
              | cyd       t       -        2020-01-01 -
"""


def counts(asked: IndicatorDefinition, periods=(QUARTER,)):
    tables, members = records(TEXT)
    lists = code_lists()
    with loaded(tables) as connection:
        load_memberships(connection, members)
        sums = measure_sums(connection, [asked], lists, periods)
    people = [
        PersonRecords(p, {t: tuple(r for r in rows if r.get("person_id") == p) for t, rows in tables.items()}, stays)
        for p, stays in members.items()
    ]
    for period in periods:
        assert sums.get((asked.id, period), {}) == measure_strata(asked, period, people, lists)
    return sums, strata_of(sums, [asked], periods)


def test_age_is_that_on_the_day_of_the_event() -> None:
    asked = definition(
        denominator={"event": "reviews"},
        numerator={"own": "carer_attended", "has": "Y"},
        **{"adjusted by": [{"factor": "age", "from ages": [30]}, "lsoa"]},
    )
    _, found = counts(asked)
    assert [(one.provider, one.levels, one.numerator, one.denominator) for one in found.of("asked", QUARTER)] == [
        ("P1", ("30 and over", "E1"), 1, 1),
        ("P1", ("under 30", "not known"), 0, 1),
        (None, ("30 and over", "E2"), 1, 1),
    ], "bob turns 30 the day after; ann's earlier review is of another quarter"


def test_the_age_of_a_cohort_is_that_of_each_periods_day() -> None:
    before = Period(start=date(2026, 1, 1), end=date(2026, 3, 31))
    asked = definition(
        numerator={"alive": "anchor"}, **{"adjusted by": [{"factor": "age", "from ages": [30]}, "segment"]}
    )
    sums, found = counts(asked, (before, QUARTER))
    assert [(one.levels, one.denominator) for one in found.of("asked", before)] == [
        (("under 30", "s"), 2),
        (("30 and over", "t"), 1),
    ]
    assert [(one.levels, one.denominator) for one in found.of("asked", QUARTER)] == [
        (("30 and over", "s"), 2),
        (("30 and over", "t"), 1),
    ]
    whole = [v for v in values_of(sums, [asked], [before]) if (v.segment, v.provider) == ("all", "all")]
    assert whole[0].denominator == 3


def test_cohorts_of_either_end_are_told_apart() -> None:
    start, end = (
        definition(
            id=name, denominator={"cohort": day}, numerator={"alive": "anchor"}, **{"adjusted by": [FACTORS[0], "sex"]}
        )
        for name, day in (("first", "period start"), ("last", "period end"))
    )
    tables, members = records(TEXT)
    with loaded(tables) as connection:
        load_memberships(connection, members)
        sums = tally_strata(connection, [start, end], {}, [QUARTER])
    ages = {name: {levels[0] for _, levels in sums[name, QUARTER]} for name in ("first", "last")}
    assert ages == {"first": {"under 30", "30 to 49", "50 and over"}, "last": {"30 to 49", "50 and over"}}


def test_the_digest_does_not_depend_on_the_order() -> None:
    asked = definition(numerator={"alive": "anchor"}, **{"adjusted by": ["sex"]})
    sums, found = counts(asked)
    again = stratum_counts(asked, [(QUARTER, sums["asked", QUARTER])])
    assert digest_of(found.counts) == digest_of(reversed(again))
    assert digest_of(found.counts) != digest_of(found.counts[1:])


def test_a_part_of_the_counts_is_chosen_by_segment_and_provider() -> None:
    asked = definition(numerator={"alive": "anchor"}, **{"adjusted by": ["sex"]})
    _, found = counts(asked)
    held = [one for one in found.counts if one.within("all", "P1")]
    assert sum(one.denominator for one in held) == 2
    assert sum(one.denominator for one in found.counts if one.within("t", "all")) == 1
