"""Extracts of different make give the same logical rows: MHSDS versions 5 and 6, and a local system."""

from datetime import date, datetime

import pytest

from obc.domain.measurement.records.tables import TABLES
from record_extracts import LOCAL, LOCAL_FILES, V5, V6, local
from record_folders import check, fault, put, read, rows


@pytest.fixture(scope="module")
def five(tmp_path_factory):
    return read(put(tmp_path_factory.mktemp("five"), V5), "mhsds-v5")


@pytest.fixture(scope="module")
def six(tmp_path_factory):
    return read(put(tmp_path_factory.mktemp("six"), V6), "mhsds-v6")


def test_versions_5_and_6_give_the_same_rows(five, six):
    for table in TABLES:
        assert rows(five[1], table.name) == rows(six[1], table.name), table.name
    assert five[0].records_hash == six[0].records_hash
    assert five[0].faults == six[0].faults == ()


def test_every_table_of_the_data_set_arrives(five):
    _, connection = five
    at = date(2023, 1, 20)
    assert rows(connection, "people") == [
        ("P1", date(1980, 5, 1), "1", "A", "E01000001", "north", "E07000177"),
        ("P2", date(1991, 12, 31), "2", None, None, None, None),
    ]
    assert rows(connection, "referrals") == [
        ("R1", "P1", "RNU", date(2023, 1, 10), datetime(2023, 1, 10, 9, 30), "A1", "4", "A02", date(2023, 3, 1), "02"),
        ("R2", "P2", "RNU", date(2023, 2, 10), None, "H1", "3", "A06", None, None),
    ]
    assert rows(connection, "contacts") == [
        ("C1", "R1", "P1", "RNU", date(2023, 1, 10), datetime(2023, 1, 10, 12), "01", "5", "A02"),
        ("C2", "R1", "P1", "RNU", at, None, "11", "6", "A11"),
        ("C3", "R2", "P2", "RNU", date(2023, 2, 20), datetime(2023, 2, 20, 10, 15), "02", "3", "A06"),
    ]
    assert rows(connection, "scores") == [
        (
            "606-R1|2023-01-16 11:00:00|979731000000102",
            "P1",
            "RNU",
            "R1",
            date(2023, 1, 16),
            "979731000000102",
            3,
            "W1",
        ),
        ("607-A1|979731000000102", "P1", "RNU", "R1", at, "979731000000102", 1, "W2"),
    ]
    assert [row[3:] for row in rows(connection, "diagnoses")] == [
        ("R1", date(2023, 1, 15), "F20.0", "primary"),
        ("R1", date(2023, 1, 15), "F10.2", "secondary"),
    ]
    assert rows(connection, "care_plans") == [("CP1|2023-01-20", "P1", "RNU", None, at, "Y", "N")]
    assert rows(connection, "reviews") == [("E1|2023-01-05", "P1", "RNU", date(2023, 1, 5), "Y")]
    assert [row[-1] for row in rows(connection, "employment")] == ["01", "07"]
    assert rows(connection, "clusters") == [("K1|2023-01-18", "P1", "RNU", date(2023, 1, 18), None, "11")]
    assert rows(connection, "deaths") == [("P2", date(2023, 3, 10), "X70")]


def test_earlier_submissions_and_later_sources_are_superseded(five):
    report, connection = five
    assert [row[7] for row in rows(connection, "spells")] == [date(2023, 2, 2)]
    assert report.count("spells").superseded == 1
    deaths = report.count("deaths")
    assert (deaths.read, deaths.left_out, deaths.superseded, deaths.accepted) == (4, 2, 1, 1)


def test_what_the_mapping_does_not_want_is_left_out_and_counted(five):
    counts = {table: five[0].count(table).left_out for table in ("diagnoses", "scores", "care_plans", "clusters")}
    assert counts == {"diagnoses": 1, "scores": 1, "care_plans": 1, "clusters": 1}


def test_a_later_submission_with_an_error_does_not_supersede(tmp_path):
    spells = V6["MHS501HospProvSpell"].replace("2023-02-02", "2023-02-31")
    report, connection = read(put(tmp_path, {**V6, "MHS501HospProvSpell": spells}), "mhsds-v6")
    assert [row[7] for row in rows(connection, "spells")] == [None]
    found = fault(report, "spells", "unreadable value")
    assert (found.lines, found.called) == ((3,), ("DischDateHospProvSpell",))


def test_a_local_extract_is_read_through_its_own_mapping(tmp_path):
    report, connection = read(put(tmp_path, LOCAL_FILES), local())
    assert rows(connection, "people") == [
        ("1", date(1980, 5, 1), "1", "A", None, None, None),
        ("2", date(1991, 12, 31), "2", None, None, None, None),
    ]
    assert rows(connection, "referrals") == [
        ("1|1", "1", "RNU", date(2023, 1, 10), datetime(2023, 1, 10, 9, 30), None, "4", "A02", date(2023, 3, 1), None),
        ("2|1", "2", "RNU", date(2023, 2, 10), None, None, "3", "A06", None, None),
    ]
    assert fault(report, "people", "unreadable value").lines == (4,)
    assert fault(report, "referrals", "unreadable value").codes == ("99/99/9999",)
    said = [p for p in report.problems if p.file == "Episodes.csv" and p.severity == "error"]
    assert [str(p) for p in said] == [
        "Episodes.csv:5: referrals.happened: found Opened as 99/99/9999, which is no day of the calendar (1 row); "
        "write a day of the calendar as DD/MM/YYYY"
    ]


def test_a_look_up_that_is_not_there_leaves_the_column_empty_and_says_so(tmp_path):
    files = {name: text for name, text in V6.items() if name not in ("MHS902ServiceTeamDetails", "localities")}
    report, connection = read(put(tmp_path, files), "mhsds-v6")
    assert {row[7] for row in rows(connection, "referrals")} == {None}
    said = [p.found for p in report.problems if p.where in ("referrals", "people")]
    assert "no MHS902ServiceTeamDetails, from which ServTeamTypeMH is looked up" in said
    assert "no localities, from which locality is looked up" in said
    assert not report.unusable


def test_of_several_rows_of_a_look_up_the_latest_counts(tmp_path):
    teams = V6["MHS902ServiceTeamDetails"] + "        RNU,T3,1485,,A09\n        RNU,T3,1485,,A08\n"
    _, connection = read(put(tmp_path, {**V6, "MHS902ServiceTeamDetails": teams}), "mhsds-v6")
    assert [row[7] for row in rows(connection, "referrals")] == ["A02", "A08"]


def test_a_look_up_without_its_column_is_said(tmp_path):
    files = {**V6, "localities": "area,locality\nE01000001,north"}
    report = check(put(tmp_path, files), "mhsds-v6")
    (problem,) = [p for p in report.problems if p.file == "localities.csv"]
    assert problem.found == "not all of the columns locality, lsoa"


def test_columns_that_a_mapping_speaks_of_in_vain_are_named(tmp_path):
    files = {**LOCAL_FILES, "Episodes": "PatNo,Opened,Team\n1,10/01/2023,A06"}
    report = check(put(tmp_path, files), local())
    said = {p.found: p.severity for p in report.problems if p.file == "Episodes.csv" and p.found.startswith("no col")}
    assert said == {
        "no column EpisodeNo": "error",
        "no column OpenedTime": "warning",
        "no column Urgency": "warning",
        "no column Closed": "warning",
        "no column Kind": "error",
    }
    assert report.unusable


def test_a_submission_may_be_dated(tmp_path):
    text = LOCAL + "submitted: {date: Sent}\nlate after: 10\n"
    episodes = "PatNo,EpisodeNo,Kind,Opened,Sent\n" + "\n".join(
        f"1,{n},MH,10/01/2023,2023-01-{day}" for n, day in enumerate((10, 11, 20, 21, 31))
    )
    report = check(put(tmp_path, {**LOCAL_FILES, "Episodes": episodes}), local(text))
    assert [(one.provider, one.rows, one.late) for one in report.late] == [("RNU", 5, 2)]
