"""On which line a row of a CSV file begins, told without reading the file into memory at once."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obc.engine.records import csv_text
from obc.engine.records.csv_text import CsvText, read_csv_text, read_header

FIELD = st.text(alphabet='ab",\n\r é', max_size=5)


def begins(path) -> list[int]:
    return [int(line) for line in read_csv_text(path, "x.csv").rows_begin()[0]]


@given(st.lists(st.tuples(FIELD, FIELD), max_size=8), st.integers(1, 40), st.booleans())
def test_rows_begin_where_they_were_written(tmp_path_factory, rows, chunk, ends):
    path = tmp_path_factory.mktemp("csv") / "x.csv"
    text, expected = "one,two\n", []
    for row in rows:
        line = StringIO()
        csv.writer(line, quoting=csv.QUOTE_ALL, lineterminator="\n").writerow(row)
        expected.append(text.count("\n") + 1)
        text += line.getvalue()
    path.write_bytes((text if ends else text.removesuffix("\n")).encode())
    whole = csv_text._CHUNK
    csv_text._CHUNK = chunk
    try:
        found = CsvText(path, ("one", "two"), ",", simple=False).rows_begin()
    finally:
        csv_text._CHUNK = whole
    assert [int(line) for line in found[0]] == expected
    raw = path.read_bytes()
    assert all(raw[byte : byte + 1] == b'"' and raw[byte - 1 : byte] == b"\n" for byte in found[1])


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_blank_lines_are_rows_of_one_column_only(tmp_path, end):
    path = tmp_path / "x.csv"
    path.write_bytes(end.join(("one,two", "1,2", "", "3,4", "", "")).encode())
    assert begins(path) == [2, 4]
    path.write_bytes(end.join(("one", "1", "", "3", "")).encode())
    assert begins(path) == [2, 3, 4]


def test_a_plain_file_needs_no_second_look(tmp_path):
    path = tmp_path / "x.csv"
    for text, simple in (("a,b\n1,2\n", True), ('a,b\n"1",2\n', False), ("a,b\n\n1,2\n", False)):
        path.write_text(text)
        assert read_csv_text(path, "x.csv").simple is simple


def test_a_letter_may_be_cut_by_a_chunk(tmp_path, monkeypatch):
    path = tmp_path / "x.csv"
    path.write_text("a,b\n" + "é,€\n" * 50, encoding="utf-8")
    monkeypatch.setattr(csv_text, "_CHUNK", 7)
    assert read_csv_text(path, "x.csv").header == ("a", "b")
    raw = bytearray(path.read_bytes())
    raw[-3] = 0xFF
    path.write_bytes(raw)
    with pytest.raises(csv_text.Problems, match=r"x.csv:51: the file: found bytes that are not UTF-8"):
        read_csv_text(path, "x.csv")


def test_names_of_columns_may_be_quoted_and_padded(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text('\ufeff"Person ID" ; "Born; when";Sex\n')
    assert read_header(path, "x.csv") == ("Person ID", "Born; when", "Sex")
