"""Synthetic records keep to the rules that real ones are checked against."""

import pytest

from obc.domain.measurement.records.codes import Codes
from obc.domain.measurement.records.tables import TABLES, Table
from shipped import code_lists
from synthetic_county import county, oxfordshire

NAMES = [table.name for table in TABLES]
OF_PEOPLE = [table for table in TABLES if table.has("happened")]


def count(query: str) -> int:
    """The first number of the answer."""
    return county().execute(query).fetchone()[0]


@pytest.mark.parametrize("table", TABLES, ids=NAMES)
def test_there_are_rows_and_keys_are_unique(table: Table) -> None:
    key = ", ".join(table.key)
    rows = count(f"SELECT count(*) FROM {table.name}")
    assert rows > 0
    assert count(f"SELECT count(*) FROM (SELECT DISTINCT {key} FROM {table.name})") == rows


@pytest.mark.parametrize("table", TABLES, ids=NAMES)
def test_what_is_required_is_there(table: Table) -> None:
    for column in table.columns:
        if column.required:
            assert count(f'SELECT count(*) FROM {table.name} WHERE "{column.name}" IS NULL') == 0, column.name


@pytest.mark.parametrize("table", TABLES, ids=NAMES)
def test_every_code_is_in_its_list(table: Table) -> None:
    for column in table.columns:
        if column.codes:
            known = Codes.of([column.codes], code_lists())
            found = county().execute(f'SELECT DISTINCT "{column.name}" FROM {table.name}').fetchall()
            codes = [code for (code,) in found if code is not None]
            assert codes, column.name
            assert [code for code in codes if code not in known] == [], column.name


@pytest.mark.parametrize("table", [t for t in TABLES if t.belongs_to], ids=lambda t: t.name)
def test_every_row_belongs_to_one_that_exists(table: Table) -> None:
    for column, parent in table.belongs_to:
        orphans = f"SELECT count(*) FROM {table.name} ANTI JOIN {parent} USING ({column}) WHERE {column} IS NOT NULL"
        assert count(orphans) == 0, column


@pytest.mark.parametrize("table", [t for t in TABLES if t.has("referral_id")], ids=lambda t: t.name)
def test_a_referral_is_of_the_same_person_and_earlier(table: Table) -> None:
    if table.name != "referrals":
        wrong = "r.person_id <> t.person_id OR t.happened < r.happened"
        assert count(f"SELECT count(*) FROM {table.name} t JOIN referrals r USING (referral_id) WHERE {wrong}") == 0


@pytest.mark.parametrize("table", [t for t in TABLES if t.in_order], ids=lambda t: t.name)
def test_nothing_ends_before_it_begins(table: Table) -> None:
    for begins, ends in table.in_order:
        assert count(f"SELECT count(*) FROM {table.name} WHERE {ends} < {begins}") == 0
        assert count(f"SELECT count(*) FROM {table.name} WHERE {ends} IS NULL") > 0, "some are still open"
        assert count(f"SELECT count(*) FROM {table.name} WHERE {ends} > DATE '{oxfordshire().records_end}'") == 0


@pytest.mark.parametrize("table", OF_PEOPLE, ids=lambda t: t.name)
def test_nothing_before_birth_after_death_or_beyond_the_records(table: Table) -> None:
    people = f"FROM {table.name} t JOIN people USING (person_id) LEFT JOIN deaths d USING (person_id)"
    assert count(f"SELECT count(*) {people} WHERE t.happened < birth_date OR t.happened > d.happened") == 0
    last = oxfordshire().records_end
    assert count(f"SELECT count(*) FROM {table.name} WHERE happened > DATE '{last}'") == 0


@pytest.mark.parametrize("table", OF_PEOPLE, ids=lambda t: t.name)
def test_only_what_lasts_reaches_back_before_the_records(table: Table) -> None:
    lasting = {"referrals", "diagnoses", "clusters", "care_programmes", "carers"}
    before = count(f"SELECT count(*) FROM {table.name} WHERE happened < DATE '{oxfordshire().records_start}'")
    assert (before > 0) == (table.name in lasting)


@pytest.mark.parametrize("table", [t for t in TABLES if t.has("happened_at")], ids=lambda t: t.name)
def test_moments_fall_on_their_day(table: Table) -> None:
    assert count(f"SELECT count(*) FROM {table.name} WHERE CAST(happened_at AS DATE) <> happened") == 0


def test_stays_of_one_person_do_not_overlap() -> None:
    following = "lead(happened) OVER (PARTITION BY person_id ORDER BY happened_at)"
    query = f"SELECT discharged, {following} AS next FROM spells"
    assert (
        count(f"SELECT count(*) FROM ({query}) WHERE next IS NOT NULL AND (discharged IS NULL OR discharged > next)")
        == 0
    )


def test_a_small_area_lies_in_one_locality_and_one_district() -> None:
    assert count("SELECT max(n) FROM (SELECT count(DISTINCT (locality, district)) n FROM people GROUP BY lsoa)") == 1
    assert count("SELECT count(DISTINCT locality) FROM people") == 6
    assert count("SELECT count(DISTINCT district) FROM people") == 5


def test_super_cluster_fits_the_diagnosis() -> None:
    pairs = county().execute(
        "SELECT DISTINCT CASE WHEN cluster BETWEEN '10' AND '17' THEN 'psychotic' WHEN cluster BETWEEN '18' AND '21' "
        "THEN 'organic' ELSE 'other' END, left(diagnosis, 2) FROM clusters JOIN diagnoses USING (person_id) "
        "JOIN grouped USING (person_id) WHERE position = 'primary' AND grp <> 'forensic'"
    )
    by_super = {kind: set() for kind in ("psychotic", "organic", "other")}
    for kind, block in pairs.fetchall():
        by_super[kind].add(block)
    assert by_super["psychotic"] == {"F2"}
    assert by_super["organic"] == {"F0"}
    assert not by_super["other"] & {"F0", "F2"}


def test_people_of_deprived_districts_are_more_often_psychotic() -> None:
    share = (
        "SELECT avg(CAST(grp = 'psychosis' AS INT)) FROM people JOIN grouped USING (person_id) WHERE district = '{}'"
    )
    assert count(share.format("E07000178")) > 1.15 * count(share.format("E07000179"))
