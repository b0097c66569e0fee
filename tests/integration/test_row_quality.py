"""Row quality by provider and month: what is missing, invalid, inconsistent and late, and where to look for it."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from obc.domain.measurement.records.reasons import INCONSISTENT, INVALID
from obc.domain.measurement.records.report import RecordsReport
from obc.synthetic.faults import Faults, Late, MissingMonth
from record_folders import GOOD, check, put
from synthetic_county import made, oxfordshire

CONTACTS = """
    contact_id,referral_id,person_id,provider,happened,happened_at,mechanism,attendance,team
    C1,R1,P1,RNU,2023-01-11,2023-01-11 10:00:00,01,5,A02
    C2,R1,P1,RNU,2023-01-12,,01,5,A02
    C3,R1,P1,RNU,2023-01-32,,01,5,A02
    C4,R1,P1,RNU,2023-02-01,,99,5,A02
    C5,R9,P1,RNU,2023-02-01,,01,5,A02
    C6,R1,,RNU,2023-02-02,,01,5,A02
    C7,R2,P2,OX1,2023-02-03,,01,5,A02
    C8,R2,P2,OX1,2023-02-03,,01,5,A02
    C8,R2,P2,OX1,2023-02-03,,01,5,A02
    C9,R2,P2,OX1,2023-02-04,,01,5,A02
    C10,R2,P2,OX1,2023-02-05,,01,5,A02
    C11,R2,P2,QQ,2023-02-05,,01,5,A02
"""


@pytest.fixture
def report(tmp_path: Path) -> RecordsReport:
    return check(put(tmp_path / "records", {**GOOD, "contacts": CONTACTS}))


def test_rows_are_counted_by_provider_and_month(report: RecordsReport) -> None:
    found = {
        (one.provider, one.month): (one.rows, one.unfilled, one.invalid, one.inconsistent)
        for one in report.quality
        if one.table == "contacts"
    }
    january, february = date(2023, 1, 1), date(2023, 2, 1)
    assert found == {
        ("RNU", january): (2, 0, 0, 0),
        ("RNU", None): (1, 0, 1, 0),
        ("RNU", february): (3, 1, 1, 1),
        ("OX1", february): (5, 0, 0, 1),
        ("other", february): (1, 0, 0, 0),
    }, "32 January is no day; code 99 is none; R9 is nowhere; C8 came twice; QQ has too few rows to be named"


def test_columns_that_need_not_be_filled_are_counted(report: RecordsReport) -> None:
    january = next(one for one in report.quality if one.table == "contacts" and one.month == date(2023, 1, 1))
    assert dict(january.filled)["happened_at"] == 1
    assert dict(january.filled)["mechanism"] == 2


def test_faulty_rows_say_where_to_look_and_nothing_else(report: RecordsReport) -> None:
    found = {(one.provider, one.reason): one for one in report.faulty if one.table == "contacts"}
    assert set(found) == {
        ("RNU", "unreadable value"),
        ("RNU", "unknown code"),
        ("RNU", "no such row"),
        ("RNU", "missing value"),
        ("OX1", "repeated"),
    }
    orphan = found["RNU", "no such row"]
    assert (orphan.file, orphan.lines, orphan.columns, orphan.rows) == ("contacts.csv", (6,), ("referral_id",), 1)
    assert orphan.first_month == orphan.last_month == date(2023, 2, 1)
    assert found["OX1", "repeated"].lines == (10,)
    told = repr(report.faulty)
    assert not any(word in told for word in ("R9", "P1", "C8", "2023-01-32"))


def test_tables_without_provider_or_day_count_for_all(report: RecordsReport) -> None:
    (people,) = [one for one in report.quality if one.table == "people"]
    assert (people.provider, people.month, people.rows, people.sent) == ("all", None, 2, 0)


def test_what_was_sown_is_what_is_counted(tmp_path: Path) -> None:
    faults = Faults(repeated=0.02, unknown_code=0.02, wrong_order=0.02, orphan=0.02)
    sown: Counter[tuple[str, str]] = Counter()
    for fault in made(tmp_path / "out", 500, faults=faults).sown:
        kind = "invalid" if fault.fault == "unknown code" else "inconsistent"
        sown[fault.table, kind] += fault.rows
    report = check(tmp_path / "out", "logical", known_on=oxfordshire().records_end)
    found: Counter[tuple[str, str]] = Counter()
    for row in report.quality:
        found[row.table, "invalid"] += row.invalid
        found[row.table, "inconsistent"] += row.inconsistent
    assert +found == +sown
    places: Counter[str] = Counter()
    for place in report.faulty:
        places[place.table] += place.rows
        assert place.reason in (*INVALID, *INCONSISTENT)
    assert sum(places.values()) == sum(sown.values())


def test_late_rows_are_those_that_were_sent_late(tmp_path: Path) -> None:
    from record_folders import MAPPINGS

    mapping = MAPPINGS["mhsds-v5"].extended(MAPPINGS)
    sown = made(tmp_path / "out", 400, mapping=mapping, faults=Faults(late=Late(share=0.3, months=6)))
    late = sum(one.rows for one in sown.sown if one.fault == "late" and one.table == "contacts")
    report = check(tmp_path / "out", "mhsds-v5", known_on=oxfordshire().records_end)
    rows = [one for one in report.quality if one.table == "contacts"]
    assert 0.8 * late <= sum(one.late for one in rows) <= late, "but for rows of before the first submission"
    assert sum(one.late for one in rows) == sum(one.late for one in report.late if one.table == "contacts")
    assert all(one.late <= one.sent <= one.rows for one in rows)


def test_a_missing_month_has_no_rows(tmp_path: Path) -> None:
    gone = Faults(missing_months=(MissingMonth(provider="RNU", month=date(2016, 5, 1)),))
    made(tmp_path / "out", 2000, faults=gone)
    report = check(tmp_path / "out", "logical", known_on=oxfordshire().records_end)
    rows = {one.month for one in report.quality if (one.table, one.provider) == ("contacts", "RNU")}
    assert date(2016, 5, 1) not in rows
    assert {date(2016, 4, 1), date(2016, 6, 1)} <= rows
