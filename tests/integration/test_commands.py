"""The commands: what people read, what machines read, and the exit status."""

import json

import pytest

from command import obc
from places import ROOT

BROKEN = ROOT / "tests/unit/broken_contracts/ten-mistakes"
PUBLISHED = "mssp_settlements_2013_2018.csv"


def test_ten_mistakes_get_ten_messages_with_file_and_line_in_one_run():
    ran = obc("contract", "check", BROKEN, "--format", "json")
    assert ran.status == 1
    assert ran.json["schema_version"] == 1
    problems = ran.json["problems"]
    assert len(problems) == 10
    assert all(set(problem) == {"file", "line", "where", "found", "expected", "severity"} for problem in problems)
    assert all(problem["line"] for problem in problems)
    said = obc("contract", "check", BROKEN)
    assert said.status == 1 and "10 errors, 0 warnings" in said.out


@pytest.mark.parametrize("contract", ["oxfordshire-mental-health", "cms-shared-savings", "template"])
def test_a_worked_contract_has_no_problems(contract):
    ran = obc("contract", "check", contract, "--format", "json")
    assert (ran.status, ran.json["problems"]) == (0, [])


def test_a_contract_that_is_not_there():
    ran = obc("contract", "check", "atlantis")
    assert ran.status == 1 and "oxfordshire-mental-health" in ran.out


def test_a_new_contract_works_at_once(tmp_path):
    assert obc("new", "our-town", "--out", tmp_path).status == 0
    assert obc("contract", "check", tmp_path / "our-town").status == 0
    again = obc("new", "our-town", "--out", tmp_path)
    assert again.status == 1 and "nothing is overwritten" in again.out


@pytest.mark.parametrize(
    "words", [("settle",), ("measure", "oxfordshire-mental-health"), ("score", "x", "--values", "y")]
)
def test_a_wrong_call_ends_with_2(words):
    assert obc(*words).status == 2


def test_published_settlements_come_out_as_they_were_paid(data_file):
    ran = obc("settle", "cms-shared-savings", "--values", data_file(PUBLISHED), "--format", "json")
    assert ran.status == 0
    found = ran.json
    assert found["currency"] == "USD" and found["contract_hash"].startswith("sha256:")
    assert len(found["settlements"]) == 2_397
    assert {"party", "year", "pot_minor", "earned_minor", "unearned_minor", "payable_minor", "entries"} <= set(
        found["settlements"][0]
    )
    assert found["comparison"]["paid"] == {"equal": 703, "of": 703}
    assert found["comparison"]["decisions"] == {"equal": 1273, "of": 1273}
    assert found["comparison"]["nothing_to_compare"] == 220


def test_one_published_year_is_compared_with_itself_only(data_file):
    ran = obc("settle", "cms-shared-savings", "--values", data_file(PUBLISHED), "--year", 2018)
    assert ran.status == 0
    assert "0 settlements have nothing to compare with" in ran.out
    assert "2017" not in ran.out
    assert "taken as given" in ran.out


def test_a_values_file_of_the_wrong_kind_is_refused(tmp_path):
    (tmp_path / "values.csv").write_text("party,year\nA,2018\n")
    ran = obc("settle", "cms-shared-savings", "--values", tmp_path / "values.csv", "--format", "json")
    assert ran.status == 1
    assert {"n_ab", "abtotbnchmk"} <= {problem["where"] for problem in ran.json["problems"]}


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        (None, b"", "no CSV and no Parquet file"),
        ("referrals.parquet", b"PAR1 and then nothing", "cut short or damaged"),
        ("people.csv", "person_id,birth_date,sex\nañb,1980-01-01,1\n".encode("latin-1"), "UTF-8"),
        ("people.csv", b"person_id,birth_date,sex\nann,1980-02-31,1\n", "birth_date"),
    ],
)
def test_records_that_cannot_be_used_are_refused_and_nothing_is_written(tmp_path, name, content, words):
    folder = tmp_path / "records"
    folder.mkdir()
    if name:
        (folder / name).write_bytes(content)
    out = tmp_path / "values.parquet"
    call = ("--mapping", "logical", "--format", "json")
    ran = obc("measure", "oxfordshire-mental-health", "--records", folder, "--out", out, *call)
    assert ran.status == 1, ran.out
    assert words in ran.out
    assert not out.exists() and "ann" not in json.dumps(ran.json["problems"])
