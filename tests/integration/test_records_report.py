"""What the report counts: completeness, silence, lateness, the hash; and that it tells nothing of a person."""

import json
import random
from datetime import date, timedelta
from decimal import Decimal

import duckdb
import pytest

from obc.domain.measurement.records.report import RecordsReport
from obc.engine.records.read import check_records
from record_folders import GOOD, LISTS, MAPPINGS, check, put, read

CONTACTS = "contact_id,referral_id,person_id,provider,happened,mechanism"


def contacts(days: list[tuple[str, date]]) -> dict[str, str]:
    """One contact for each provider and day."""
    lines = [f"C{n},R1,P1,{provider},{day},01" for n, (provider, day) in enumerate(days)]
    return {**GOOD, "contacts": "\n".join((CONTACTS, *lines))}


def test_completeness_is_by_table_field_and_provider(tmp_path):
    lines = [
        f"{CONTACTS},attendance",
        "C1,R1,P1,RNU,2023-01-11,01,5",
        "C2,R1,P1,RNU,2023-01-12,,5",
        "C3,R1,P1,RNU,2023-02-30,01,",
        "C4,R1,P1,RNU,2023-01-13,01,5",
        "C5,R1,P1,RNU,2023-01-14,01,5",
        "C6,R1,P1,RTH,2023-01-12,,",  # too few to be named
    ]
    tables = {**GOOD, "contacts": "\n".join(lines)}
    report = check(put(tmp_path, tables))
    shares = {
        (one.field, one.provider): (one.rows, one.filled, one.share)
        for one in report.completeness
        if one.table == "contacts"
    }
    assert shares["mechanism", "RNU"] == (5, 4, Decimal("0.8"))
    assert shares["happened", "RNU"] == (5, 4, Decimal("0.8"))
    assert shares["team", "RNU"] == (5, 0, Decimal(0))
    assert shares["attendance", "other"] == (1, 0, Decimal(0))
    assert {one.provider for one in report.completeness if one.table == "people"} == {"all"}


def test_a_provider_that_stops_recording_is_noticed(tmp_path):
    first = date(2023, 1, 1)
    days = [("RNU", first + timedelta(days=n)) for n in range(0, 360, 5)]
    days += [("RTH", day) for _, day in days if day < date(2023, 10, 1) and day.month != 4]
    days += [("RTQ", date(2023, 2, 1))] * 2 + [("RTQ", date(2023, 6, 1))] * 3
    days += [("RTZ", date(2023, 2, 1))] * 4
    report = check(put(tmp_path, contacts(days)), known_on=None)
    silences = {(s.provider, s.first_month, s.months, s.likely) for s in report.silences if s.table == "contacts"}
    assert silences == {
        ("RTH", date(2023, 4, 1), 1, True),
        ("RTH", date(2023, 10, 1), 3, False),
        ("RTQ", date(2023, 3, 1), 3, True),
        ("RTQ", date(2023, 7, 1), 6, True),
    }
    (problem,) = [p for p in report.problems if "nothing of" in p.found]
    assert (problem.severity, problem.where) == ("warning", "contacts")
    assert problem.found == "nothing of RTH for 3 months from October 2023, where 5.4 rows a month are usual"
    known = check(tmp_path, known_on=date(2024, 7, 14)).silences
    assert ("RNU", date(2024, 1, 1), 6, False) in {(s.provider, s.first_month, s.months, s.likely) for s in known}, (
        "who records last may have stopped too: the day on which the records were taken tells"
    )


def test_rows_sent_late_are_counted_from_their_first_submission(tmp_path):
    mapping = MAPPINGS["logical"].model_copy(
        update={"submitted": MAPPINGS["mhsds-v6"].submitted, "latest_by": ("UniqMonthID",), "tables": ()}
    )
    month = {1: 1474, 2: 1475, 6: 1479}  # January, February and June 2023
    lines = [
        f"C1,R1,P1,RNU,2023-01-11,01,{month[1]}",
        f"C1,R1,P1,RNU,2023-01-11,01,{month[6]}",  # sent again, not late
        f"C2,R1,P1,RNU,2023-01-12,01,{month[6]}",  # late
        f"C3,R1,P1,RNU,2023-03-31,01,{month[6]}",  # 91 days
        f"C4,R1,P1,RNU,2023-03-30,01,{month[6]}",  # 92 days
        f"C5,R1,P1,RNU,2023-03-29,01,{month[6]}",  # 93 days: late
        f"C6,R1,P1,RNU,2022-12-31,01,{month[6]}",  # from before the submissions began
        f"C7,R1,P1,RTH,2023-01-12,01,{month[6]}",  # the first submission is not there
        f"C8,R1,P1,RTH,2023-06-12,01,{month[6]}",
    ]
    folder = put(tmp_path, {**GOOD, "contacts": "\n".join((f"{CONTACTS},UniqMonthID", *lines))})
    report = check(folder, mapping)
    late = [(one.provider, one.rows, one.late) for one in report.late if one.table == "contacts"]
    assert late == [("RNU", 5, 2), ("other", 1, 0)]
    assert report.count("contacts").superseded == 1
    assert "2 of 5 rows of RNU sent more than 92 days after they happened" in {p.found for p in report.problems}


@pytest.fixture
def whole(tmp_path):
    days = [("RNU", date(2023, 1, 11) + timedelta(days=n % 90)) for n in range(200)]
    return put(tmp_path / "whole", contacts(days))


def test_the_hash_does_not_depend_on_order_parts_format_or_compression(whole, tmp_path):
    before = check(whole).records_hash
    header, *lines = (whole / "contacts.csv").read_text().splitlines()
    random.Random(7).shuffle(lines)
    other = put(tmp_path / "other", GOOD)
    (other / "contacts").mkdir()
    for n, part in enumerate((lines[:30], lines[30:])):
        source = tmp_path / f"{n}.csv"
        source.write_text("\n".join((header, *part)))
        duckdb.sql(f"SELECT * FROM read_csv('{source}', all_varchar = true)").write_parquet(
            str(other / "contacts" / f"{n}.parquet"), compression=("zstd", "snappy")[n]
        )
    assert check(other).records_hash == before


def test_the_hash_changes_with_any_value_and_any_row(whole):
    before = check(whole).records_hash
    text = (whole / "contacts.csv").read_text()
    changed = {before}
    for new in (
        text.replace("C7,R1,P1", "C7,R2,P1"),
        text.replace("C7,R1,P1,RNU", "C7,R1,P1,RTH"),
        "\n".join(text.splitlines()[:-1]),
        text + "C900,R1,P1,RNU,2023-01-11,01\nC901,R1,P1,RNU,2023-01-11,01\n",
        text.replace("C8,R1,P1,RNU,2023-01-19,01", "C8,R1,P1,RNU,2023-01-19,"),
    ):
        assert new != text
        (whole / "contacts.csv").write_text(new)
        changed.add(check(whole).records_hash)
    assert len(changed) == 6


def test_rows_set_aside_do_not_change_the_hash(whole):
    before = check(whole).records_hash
    with (whole / "contacts.csv").open("a") as stream:
        stream.write("C900,R1,P1,RNU,2023-02-31,01\n")
    assert check(whole).records_hash == before


SECRETS = {
    "persons": ("9434765919", "4857773456", "NOWAKOWSKA"),
    "births": ("1967-08-23", "1967-02-31", "23/08/1967", "19670823"),
    "ids": ("REF-77120", "CON-55901", "OX4 1AB"),
}


def test_the_report_tells_nothing_of_a_person(tmp_path):
    """Rows that slipped by a column or two put names and birthdays where codes, dates and providers belong."""
    one, two, surname = SECRETS["persons"]
    born, bad, slashed, packed = SECRETS["births"]
    referral, contact, postcode = SECRETS["ids"]
    tables = {
        "people": f"""
            person_id,birth_date,sex,ethnicity,lsoa,locality,district
            {one},{born},1,A,,,
            {one},{born},1,A,,,
            {two},{bad},{surname},{packed},,,
            {surname},{slashed},{born},{one},,,
            {born},{one},{surname},{surname},,,
            {two},{packed},1,A
        """,
        "referrals": f"""
            referral_id,person_id,provider,happened,happened_at,source,priority,team,discharged,closure_reason
            {referral},{one},{surname} {two},2023-01-01,{born} 9x:30:00,{surname},{postcode},{packed},,
            {one},{two},{born},{slashed},{referral},{born},{one},{surname},{bad},{contact}
            R7,{one},RNU,1960-01-01,,A1,1,A02,,
        """,
        "contacts": f"""
            contact_id,referral_id,person_id,provider,happened,happened_at,mechanism,attendance,team
            {contact},{referral},{one},RNU,2023-01-02,,{surname},{two},{born}
            {contact},{referral},{two},RNU,2023-01-02,,01,5,A02
            {contact},{born},{one},RNU,2023-01-03,,"{surname}"{one},5,A02
        """,
        "activity": f"""
            activity_id,person_id,provider,happened,service,units,cost_minor
            {contact},{one},RNU,2023-01-02,bed,{one}x,{surname}
        """,
    }
    report, connection = read(put(tmp_path, tables))
    assert len(report.faults) > 10
    told = report.model_dump_json() + "\n".join(map(str, report.problems))
    told += str(connection.execute("SELECT * FROM rejected").fetchall())
    for secret in (secret for group in SECRETS.values() for secret in group):
        assert secret not in told, secret
        assert secret.lower() not in told.lower(), secret


def test_a_column_that_is_no_provider_is_not_listed(tmp_path):
    days = [(f"x485777{n:04}", date(2023, 1, 1)) for n in range(201) for _ in range(5)]
    report = check(put(tmp_path, contacts(days)))
    assert {one.provider for one in report.completeness if one.table == "contacts"} == {"all"}
    assert "485777" not in report.model_dump_json()


def test_the_report_has_stable_keys(tmp_path):
    report = check(put(tmp_path, {**GOOD, "people": GOOD["people"] + "P3,,1,A,,,\n"}))
    told = json.loads(report.model_dump_json())
    assert told["schema_version"] == 1
    assert set(told["problems"][0]) == {"file", "line", "where", "found", "expected", "severity"}
    assert set(told["counts"][0]) == {
        "table",
        "absent",
        "read",
        "left_out",
        "superseded",
        "set_aside",
        "accepted",
    }
    assert set(told["completeness"][0]) == {"table", "field", "provider", "rows", "filled"}
    by_month = {"quality": (), "faulty": ()}  # for the data-quality page, which has a file of its own
    assert RecordsReport.model_validate(told) == report.model_copy(update=by_month)


def test_the_rows_set_aside_can_be_had_as_a_file(tmp_path):
    folder = put(tmp_path / "in", {**GOOD, "people": GOOD["people"] + "P3,,7,A,,,\n"})
    check_records(folder, MAPPINGS["logical"], LISTS, rejected=tmp_path / "rejected.csv")
    assert (tmp_path / "rejected.csv").read_text().splitlines() == [
        "table_name,file,line,reason,columns",
        "people,people.csv,4,missing value,birth_date",
        "people,people.csv,4,unknown code,sex",
    ]
    assert {path.name for path in tmp_path.iterdir()} == {"in", "rejected.csv"}


def test_the_same_folder_gives_the_same_report(whole):
    assert check(whole).model_dump_json() == check(whole).model_dump_json()
