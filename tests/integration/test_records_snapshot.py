"""Records as they were known on a day: late, corrected and deleted rows, and extracts that are loaded twice."""

import shutil
from datetime import date

import duckdb
import pytest

from obc.domain.measurement.records.mapping import RecordMapping
from obc.domain.measurement.records.tables import TABLES
from record_folders import GOOD, put, read, rows

MAPPING = RecordMapping.model_validate(
    {
        "id": "sent",
        "title": "Each row as it was sent",
        "source": "a test",
        "latest by": "sent_on",
        "submitted": {"date": "sent_on"},
        "deleted": {"column": "action", "among": "delete"},
    }
)
SENT = {
    "people": GOOD["people"],
    "referrals": """
        referral_id,person_id,provider,happened,discharged,sent_on,action
        R1,P1,RNU,2023-01-10,,2023-02-01,new
        R1,P1,RNU,2023-01-12,,2023-03-01,correct
        R2,P2,RNU,2023-02-10,,2023-02-15,new
        R2,,,,,2023-04-01,delete
        R2,P2,RNU,2023-02-11,,2023-05-01,new
        R3,P2,RNU,2023-01-31,,2023-06-01,new
    """,
}


def known(folder, day: date) -> dict[str, date]:
    report, connection = read(folder, MAPPING, day)
    assert not report.unusable and not report.faults
    return {row[0]: row[3] for row in rows(connection, "referrals")}


@pytest.mark.parametrize(
    ("day", "referrals"),
    [
        (date(2023, 2, 1), {"R1": date(2023, 1, 10)}),
        (date(2023, 2, 28), {"R1": date(2023, 1, 10), "R2": date(2023, 2, 10)}),
        (date(2023, 3, 1), {"R1": date(2023, 1, 12), "R2": date(2023, 2, 10)}),
        (date(2023, 4, 1), {"R1": date(2023, 1, 12)}),
        (date(2023, 5, 1), {"R1": date(2023, 1, 12), "R2": date(2023, 2, 11)}),
        (date(2023, 6, 1), {"R1": date(2023, 1, 12), "R2": date(2023, 2, 11), "R3": date(2023, 1, 31)}),
    ],
)
def test_the_newest_version_known_on_the_day_counts(tmp_path, day, referrals):
    assert known(put(tmp_path / "sent", SENT), day) == referrals


def test_an_extract_loaded_twice_changes_nothing(tmp_path):
    once = put(tmp_path / "once", SENT)
    twice = tmp_path / "twice"
    for table in SENT:
        (twice / table).mkdir(parents=True)
        for copy in ("a", "b"):
            shutil.copy(once / f"{table}.csv", twice / table / f"{copy}.csv")
    day = date(2023, 6, 30)
    assert read(twice, MAPPING, day)[0].records_hash == read(once, MAPPING, day)[0].records_hash


def test_shuffled_partitioned_and_recompressed_records_have_the_same_hash(tmp_path):
    once = put(tmp_path / "once", GOOD)
    plain, connection = read(once)
    again = tmp_path / "again"
    for table in TABLES:
        if table.name not in GOOD:
            continue
        by = "PARTITION_BY (part), " if table.has("happened") else ""
        part = ", strftime(happened, '%Y-%m') AS part" if by else ""
        (again / table.name).mkdir(parents=True)
        name = again / table.name if by else again / table.name / "all.parquet"
        connection.execute(
            f"COPY (SELECT *{part} FROM {table.name} ORDER BY hash(person_id) DESC) TO '{name}' "
            f"(FORMAT parquet, {by}COMPRESSION gzip, OVERWRITE_OR_IGNORE)"
        )
    assert len(list((again / "referrals").rglob("*.parquet"))) == 2
    assert duckdb.execute(f"SELECT count(*) FROM '{again}/referrals/*/*.parquet'").fetchall() == [(2,)]
    assert read(again)[0].records_hash == plain.records_hash


def test_a_mapping_that_deletes_must_say_what_is_later():
    with pytest.raises(ValueError, match="latest by"):
        RecordMapping.model_validate(
            {"id": "m", "title": "m", "source": "m", "deleted": {"column": "action", "among": ["delete"]}}
        )
