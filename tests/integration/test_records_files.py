"""Files that cannot be read, or only with care: each gets one clear message, and nothing is half-written."""

import codecs

import duckdb
import pytest

from obc.domain.core.kernel.problem import Problems
from obc.engine.records.read import stop_if_unusable
from record_folders import GOOD, check, fault, put, read, rows

PEOPLE = "person_id,birth_date,sex,ethnicity,lsoa,locality,district"


def refused(tmp_path, content: bytes, name: str = "people.csv") -> str:
    put(tmp_path, GOOD)
    (tmp_path / "people.csv").unlink()
    (tmp_path / name).write_bytes(content)
    report, connection = read(tmp_path)
    assert report.unusable
    assert rows(connection, "people") == []
    with pytest.raises(Problems):
        stop_if_unusable(report)
    attached = connection.execute("SELECT database_name FROM duckdb_databases() WHERE NOT internal").fetchall()
    assert attached == [("memory",)]
    (problem,) = [p for p in report.problems if p.file == name]
    return str(problem)


def test_windows_text_is_refused_with_its_line(tmp_path):
    text = f"{PEOPLE}\nP1,1980-05-01,1,A,,,\nP2,1980-05-01,1,A,,Ö,\n".encode("cp1252")
    assert refused(tmp_path, text) == (
        "people.csv:3: the file: found bytes that are not UTF-8, as Windows-1252 or Latin-1 has them; "
        "save it as UTF-8 (in a spreadsheet: 'CSV UTF-8')"
    )


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_refused(tmp_path, encoding):
    assert "UTF-16" in refused(tmp_path, f"{PEOPLE}\nP1,1980-05-01,1,A,,,\n".encode(encoding))


def test_text_that_stops_within_a_letter_is_refused(tmp_path):
    text = f"{PEOPLE}\nP1,1980-05-01,1,A,,Ö".encode()[:-1]
    assert refused(tmp_path, text).startswith("people.csv:2: the file: found bytes that are not UTF-8")


def test_an_empty_file_is_refused(tmp_path):
    assert "found an empty file; write a header line" in refused(tmp_path, b"\n")


def test_a_quotation_mark_that_is_never_closed_is_refused(tmp_path):
    text = f'{PEOPLE}\nP1,1980-05-01,1,A,,"north,\nP2,1980-05-01,1,A,,,\n'.encode()
    assert refused(tmp_path, text).startswith("people.csv:2: the file: found a quotation mark that is never closed")


def test_two_columns_of_one_name_are_refused(tmp_path):
    text = b"person_id,birth_date,Sex,sex\nP1,1980-05-01,1,2\n"
    assert "found the column Sex, sex more than once" in refused(tmp_path, text)


def test_a_truncated_parquet_file_is_refused(tmp_path):
    whole = tmp_path / "whole"
    duckdb.sql("SELECT 'P' || i AS person_id FROM range(1000) t(i)").write_parquet(str(whole))
    message = refused(tmp_path, whole.read_bytes()[:-50], "people.parquet")
    assert message == (
        "people.parquet: the file: found no whole Parquet file: cut short or damaged; "
        "copy it again, and compare the sizes"
    )


def test_a_damaged_parquet_page_is_refused(tmp_path):
    whole = tmp_path / "whole"
    columns = "'P' || i AS person_id, DATE '1980-01-01' AS birth_date, '1' AS sex"
    duckdb.sql(f"SELECT {columns} FROM range(100000) t(i)").write_parquet(str(whole))
    raw = bytearray(whole.read_bytes())
    raw[100:5000] = bytes(4900)
    assert "no whole Parquet file" in refused(tmp_path, bytes(raw), "people.parquet")


def test_an_empty_folder_and_no_folder(tmp_path):
    (tmp_path / "empty").mkdir()
    for name, found in (("empty", "no CSV and no Parquet file in it"), ("none", "no such folder")):
        report = check(tmp_path / name)
        assert report.unusable
        assert [(p.severity, p.found) for p in report.problems] == [("error", found)]
        assert len(report.absent) == len(report.counts)


def test_a_table_that_is_there_twice_is_refused(tmp_path):
    put(tmp_path, GOOD)
    duckdb.sql("SELECT 'P1' AS person_id").write_parquet(str(tmp_path / "People.parquet"))
    report = check(tmp_path)
    assert report.unusable
    assert "people.csv: the table: found the same table as in People.parquet" in str(report.problems[0])
    assert report.count("people").read == 0


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_separators_line_ends_and_a_byte_order_mark_make_no_difference(tmp_path, separator, end):
    put(tmp_path, GOOD)
    people = (tmp_path / "people.csv").read_text().replace(",", separator).replace("\n", end)
    (tmp_path / "people.csv").write_bytes(codecs.BOM_UTF8 + people.encode())
    put(tmp_path / "plain", GOOD)
    assert check(tmp_path).records_hash == check(tmp_path / "plain").records_hash


def test_lines_are_those_of_the_file_whatever_is_in_it(tmp_path):
    people = [
        PEOPLE,  # 1
        "P1,1980-05-01,1,A,,,",
        "",
        'P2,1980-05-01,1,A,,"north',  # 4 and 5
        'west",',
        "P3,1980-05-01,7,A,,,",  # 6
        "P4,1980-05-01",  # 7
        "",
        'P5,1980-05-01,1,A,,"say ""north""",',  # 9
        "P6,1980-05-32,1,A,,,",  # 10
    ]
    for end in ("\n", "\r\n"):
        (put(tmp_path, GOOD) / "people.csv").write_bytes(end.join(people).encode())
        report, connection = read(tmp_path)
        assert fault(report, "people", "unknown code").lines == (6,)
        assert fault(report, "people", "malformed line").lines == (7,)
        assert fault(report, "people", "unreadable value").lines == (10,)
        assert report.count("people").read == 6
        rejected = connection.execute("SELECT line FROM rejected WHERE table_name = 'people' ORDER BY line").fetchall()
        assert rejected == [(6,), (7,), (10,)]
        assert [row[5] for row in rows(connection, "people")][1:] == [f"north{end}west", 'say "north"']


def test_a_folder_of_parts_is_one_table_and_each_part_has_its_lines(tmp_path):
    put(tmp_path, {"referrals": GOOD["referrals"]})
    put(tmp_path / "people", {"a": f"{PEOPLE}\nP1,1980-05-01,1,A,,,", "b": f"{PEOPLE}\nP2,1991-13-01,2,,,,"})
    report, connection = read(tmp_path)
    found = fault(report, "people", "unreadable value")
    assert (found.file, found.lines) == ("people/b.csv", (2,))
    assert [row[0] for row in rows(connection, "people")] == ["P1"]


def test_parquet_and_csv_give_the_same_rows(tmp_path):
    put(tmp_path / "csv", GOOD)
    (tmp_path / "parquet").mkdir()
    typed = {
        "people": "* REPLACE (birth_date::DATE AS birth_date)",
        "referrals": "* REPLACE (happened::DATE AS happened, happened_at::TIMESTAMP AS happened_at, "
        "priority::INT AS priority)",
    }
    for table, columns in typed.items():
        source = f"read_csv('{tmp_path}/csv/{table}.csv', all_varchar = true)"
        duckdb.sql(f"SELECT {columns} FROM {source}").write_parquet(str(tmp_path / "parquet" / f"{table}.parquet"))
    first, csv = read(tmp_path / "csv")
    second, parquet = read(tmp_path / "parquet")
    assert second.faults == ()
    for table in GOOD:
        assert rows(parquet, table) == rows(csv, table)
    assert first.records_hash == second.records_hash


def test_types_of_parquet_are_taken_as_they_are(tmp_path):
    put(tmp_path, GOOD)
    duckdb.sql(
        "SELECT 'R' || i AS review_id, 'P1' AS person_id, 'RNU' AS provider, i = 0 AS carer_attended, "
        "TIMESTAMP '2023-01-05 00:00:00' AS happened FROM range(2) t(i)"
    ).write_parquet(str(tmp_path / "reviews.parquet"))
    duckdb.sql(
        "SELECT 'A' || i AS activity_id, 'P1' AS person_id, 'RNU' AS provider, DATE '2023-01-05' AS happened, "
        "'bed' AS service, (0.1 + 0.2)::DOUBLE AS units, [1200, 'NaN'::DOUBLE][i::INT + 1] AS cost_minor "
        "FROM range(2) t(i)"
    ).write_parquet(str(tmp_path / "activity.parquet"))
    report, connection = read(tmp_path)
    assert [row[4] for row in rows(connection, "reviews")] == ["Y", "N"]
    assert [(str(row[5]), str(row[6])) for row in rows(connection, "activity")] == [("0.3000", "1200.0000")]
    found = fault(report, "activity", "missing value", "cost_minor")
    assert found.lines == (2,)
    (problem,) = [p for p in report.problems if p.file == "activity.parquet" and p.severity == "error"]
    assert problem.line is None
    assert "row 2" in problem.found


def test_moments_with_a_zone_are_taken_in_utc(tmp_path):
    put(tmp_path, GOOD)
    referrals = (
        "SELECT 'R1' AS referral_id, 'P1' AS person_id, 'RNU' AS provider, DATE '2023-01-10' AS happened, "
        "TIMESTAMPTZ '2023-01-10 09:30:00+01' AS happened_at"
    )
    (tmp_path / "referrals.csv").unlink()
    duckdb.sql(referrals).write_parquet(str(tmp_path / "referrals.parquet"))
    _, connection = read(tmp_path)
    assert str(rows(connection, "referrals")[0][4]) == "2023-01-10 08:30:00"


def test_files_that_are_no_table_are_passed_over(tmp_path):
    put(tmp_path, GOOD)
    for name in (".hidden.csv", "notes.txt", "data.xlsx"):
        (tmp_path / name).write_text("x")
    assert check(tmp_path).records_hash == check(put(tmp_path / "plain", GOOD)).records_hash


def test_a_line_longer_than_can_be_read_is_refused(tmp_path):
    long = f"{PEOPLE}\nP1,1980-05-01,1,A,,{'x' * 3_000_000},\n".encode()
    put(tmp_path, GOOD)
    (tmp_path / "people.csv").write_bytes(long)
    report = check(tmp_path)
    assert report.count("people").accepted == 0
    assert [p.line for p in report.problems if p.file == "people.csv" and p.severity == "error"] == [2]
