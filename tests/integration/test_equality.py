"""Equality from records: the command, its page, and figures that are the records' own."""

import duckdb
import pytest

from command import obc
from synthetic_county import made

pytestmark = pytest.mark.usefixtures("records_read_once")
CONTRACT = "oxfordshire-mental-health"


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    folder = tmp_path_factory.mktemp("equality") / "records"
    made(folder, 3_000, 5)
    return folder


@pytest.fixture(scope="module")
def areas(records, tmp_path_factory):
    path = tmp_path_factory.mktemp("areas") / "areas.csv"
    rows = duckdb.execute(f"SELECT DISTINCT lsoa FROM '{records}/people.parquet' WHERE lsoa IS NOT NULL ORDER BY 1")
    codes = [code for (code,) in rows.fetchall()]
    lines = [f"{code},area {code},{i * 10 // len(codes) + 1}" for i, code in enumerate(codes)]
    path.write_text("\n".join(["code,name,tenth", *lines]) + "\n")
    return path


def test_the_parts_of_each_division_add_up_to_everybody(records, areas, tmp_path):
    call = ("report", "equality", CONTRACT, "--records", records, "--deprivation", areas, "--column", "tenth")
    found = obc(*call, "--year", 2, "--format", "json")
    assert found.status == 0, found.err
    by_division = {}
    for split in found.json["splits"]:
        sums = [sum(float(part[name] or 0) for part in split["parts"]) for name in ("numerator", "denominator")]
        by_division.setdefault(split["indicator"], {})[split["division"]] = sums
    assert len(by_division) > 15
    for divisions in by_division.values():
        assert set(divisions) == {"deprivation", "sex", "age", "ethnic group"}
        assert len({tuple(sums) for sums in divisions.values()}) == 1
    names = {part["name"] for split in found.json["splits"] if split["division"] == "sex" for part in split["parts"]}
    assert {"Male", "Female"} <= names


def test_the_public_page_hides_small_groups_and_says_so(records, tmp_path):
    ran = obc("report", "equality", CONTRACT, "--records", records, "--profile", "nhs", "--out", tmp_path)
    assert ran.status == 0, ran.err
    assert "Year 3:" in ran.out and "give --deprivation FILE" in ran.out
    page = (tmp_path / "equality.html").read_text()
    assert "suppressed" in page and "Counts from 1 to 7 are suppressed" in page
    assert (tmp_path / "equality.pdf").read_bytes().startswith(b"%PDF")


def test_wrong_years_and_files_are_refused_in_words(records, areas, tmp_path):
    call = ("report", "equality", CONTRACT, "--records", records)
    assert "write one of 1, 2, 3" in obc(*call, "--year", 7).out
    assert "no column 'IMD_decile'" in obc(*call, "--deprivation", areas).out
    odd = tmp_path / "odd.csv"
    odd.write_text("code,name,tenth\nOX001,a,1.5\n")
    assert "write 1 to 10" in obc(*call, "--deprivation", odd, "--column", "tenth").out
    odd.write_text("code,name,tenth\nOX001,a,few\n")
    assert "'few'" in obc(*call, "--deprivation", odd, "--column", "tenth").out
    odd.write_text("code,name,tenth\nOX001,a,1\nOX001,a,\nOX001,b,2\n")
    assert "OX001 twice" in obc(*call, "--deprivation", odd, "--column", "tenth").out
    assert obc(*call, "--deprivation", tmp_path / "none.csv").status == 1
