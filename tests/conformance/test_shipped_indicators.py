"""Reference and DuckDB give equal counts for every shipped indicator on made-up people."""

from collections.abc import Iterator
from datetime import date

import pytest

from indicator_engines import with_expected_rounded
from obc.bootstrap import contracts, measuring
from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.reference import measure_people
from obc.domain.measurement.indicators.tally import with_totals
from obc.engine.indicators.measure import tally
from obc.engine.session import Session
from obc.services.measure import segmentation_of
from shipped import code_lists

CONTRACT = "oxfordshire-mental-health"
PERIODS = (
    Period(start=date(2016, 4, 1), end=date(2016, 6, 30)),
    Period(start=date(2017, 1, 1), end=date(2017, 3, 31)),
    Period(start=date(2015, 10, 1), end=date(2016, 9, 30)),
)
PEOPLE = 250


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Made-up records, read and segmented."""
    folder = tmp_path_factory.mktemp("records") / "made"
    contract = contracts.load_contract(CONTRACT)
    measuring.make_records(contract, folder, PEOPLE, 7, names="logical")
    with measuring.records_of(contract, folder) as records:
        records.segment(segmentation_of(contract), max(period.end for period in PERIODS))
        yield records


def test_reference_and_duckdb_agree_on_every_shipped_indicator(session: Session) -> None:
    definitions = contracts.load_contract(CONTRACT).definitions
    general = session.general_population()
    found = tally(session.connection, definitions, code_lists(), PERIODS, general)
    ids = [row[0] for row in session.connection.execute("SELECT person_id FROM people ORDER BY 1").fetchall()]
    people = [records for person in ids if (records := session.person(person))]
    counted = 0
    for definition in definitions:
        for period in PERIODS:
            expected = measure_people(definition, period, people, code_lists(), general)
            ours = with_totals(found.get((definition.id, period), {}).items())
            assert with_expected_rounded(ours) == with_expected_rounded(expected), (definition.id, period)
            counted += bool(expected)
    assert counted > len(definitions) * len(PERIODS) * 0.8, "too few people to try the definitions on"
