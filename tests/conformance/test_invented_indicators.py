"""Reference and DuckDB give equal counts on invented definitions of invented records."""

from decimal import Decimal

from hypothesis import given

from indicator_engines import load_memberships, with_expected_rounded
from indicator_inventions import definitions, memberships, periods, records
from obc.domain.measurement.indicators.general_population import GeneralPopulation
from obc.domain.measurement.indicators.person import PersonRecords
from obc.domain.measurement.indicators.reference import measure_people
from obc.domain.measurement.indicators.tally import with_totals
from obc.engine.indicators.measure import tally
from record_tables import loaded

GENERAL = GeneralPopulation(
    people={(year, sex, age): Decimal(1000) for year in (2027, 2028) for sex in "12" for age in range(15, 90, 5)},
    deaths={(year, sex, age): Decimal(age) for year in (2027, 2028) for sex in "12" for age in range(15, 90, 5)},
)
"""A population without children: the expected deaths of a child cannot be said."""


@given(records(), memberships(), periods(), definitions)
def test_reference_and_duckdb_agree(rows, members, wanted, asked):
    people = [
        PersonRecords(p, {name: tuple(r for r in found if r["person_id"] == p) for name, found in rows.items()}, stays)
        for p, stays in members.items()
    ]
    with loaded(rows) as connection:
        load_memberships(connection, members)
        one = tally(connection, asked, {}, wanted, GENERAL)
        cut = tally(connection, asked, {}, wanted, GENERAL, buckets=3)
    for definition in asked:
        for period in wanted:
            expected = measure_people(definition, period, people, {}, GENERAL)
            for found in (one, cut):
                totals = with_totals(found.get((definition.id, period), {}).items())
                assert with_expected_rounded(totals) == with_expected_rounded(expected)
