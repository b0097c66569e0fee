"""A stay whose last day is corrected changes the days that people were there, and so every rate that was kept."""

from datetime import date
from pathlib import Path

from indicator_engines import load_memberships, rate
from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.person import Membership
from obc.domain.measurement.records.tables import BY_NAME
from obc.engine.indicators.measure import tally_strata
from obc.engine.keeping.again import tally_again
from obc.engine.keeping.kept import Kept
from record_tables import loaded

QUARTER = Period(start=date(2027, 10, 1), end=date(2027, 12, 31))
ATTENDANCES = rate(id="attendances", events={"events": "emergency_attendances"})
ANN = {"person_id": "ann", "birth_date": date(1980, 1, 1)}
PEOPLE = {"people": [{column.name: ANN.get(column.name) for column in BY_NAME["people"].columns}]}


def days_there(stay: Membership, folder: Path) -> tuple[int, int]:
    """The denominator of a full run, and of one with what was kept."""
    with loaded(PEOPLE) as connection:
        load_memberships(connection, {"ann": (stay,)})
        full = tally_strata(connection, [ATTENDANCES], {}, [QUARTER])
        again, _ = tally_again(connection, [ATTENDANCES], {}, [QUARTER], None, Kept(folder, "a test"))
    first, second = (
        sum(int(tally.denominator) for tally in sums["attendances", QUARTER].values()) for sums in (full, again)
    )
    return first, second


def test_a_corrected_last_day_is_noticed(tmp_path: Path) -> None:
    for joined, left, days in ((1, 20, 20), (1, 10, 10), (5, 10, 6)):
        stay = Membership("t", "P2", date(2027, 10, joined), date(2027, 10, left))
        assert days_there(stay, tmp_path) == (days, days)
