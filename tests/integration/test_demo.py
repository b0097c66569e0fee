"""The main job, as a newcomer meets it: from made-up records to a signed statement."""

import json
import re
import shutil
from collections import defaultdict
from pathlib import Path

import pytest

from command import Ran, obc, obc_process

PEOPLE = 4_000


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> tuple[Path, Ran]:
    out = tmp_path_factory.mktemp("demo") / "first"
    return out, obc("demo", "--out", out, "--people", PEOPLE)


@pytest.fixture
def copy(demo, tmp_path) -> Path:
    """The statement with its signatures, to spoil."""
    for path in demo[0].glob("statement*"):
        shutil.copy(path, tmp_path)
    return tmp_path / "statement.json"


def test_it_ends_with_a_table_and_where_to_look(demo):
    out, ran = demo
    assert ran.status == 0, ran.err
    assert "People will live longer" in ran.out and "£" in ran.out
    assert "index.html" in ran.out and "obc verify" in ran.out
    names = {path.name for path in out.iterdir()}
    assert {"statement.html", "statement.pdf", "statement.json", "index.html", "ledger.csv", "values.parquet"} <= names
    assert {"scorecard-year-1.html", "scorecard-year-2.pdf", "charts", "records"} <= names


def test_two_runs_leave_the_same_bytes(demo, tmp_path):
    out, _ = demo
    again = obc_process("demo", "--out", tmp_path / "second", "--people", PEOPLE)
    assert again.status == 0
    files = sorted(path.relative_to(out) for path in out.rglob("*") if path.is_file())
    assert files == sorted(p.relative_to(tmp_path / "second") for p in (tmp_path / "second").rglob("*") if p.is_file())
    differing = [str(name) for name in files if (out / name).read_bytes() != (tmp_path / "second" / name).read_bytes()]
    assert differing == []


@pytest.fixture(scope="module")
def settlements(demo) -> list[dict]:
    return json.loads((demo[0] / "statement.json").read_bytes())["settlements"]


def _moved(entries) -> dict[str, int]:
    balance = defaultdict(int)
    for entry in entries:
        balance[entry["debit"]] += entry["amount_minor"]
        balance[entry["credit"]] -= entry["amount_minor"]
    return balance


def test_years_one_and_two_are_settled_to_the_penny(settlements):
    assert [(one["year"], one["pot_minor"]) for one in settlements] == [(1, 100_000_000), (2, 300_000_000)]
    for one in settlements:
        assert one["earned_minor"] + one["unearned_minor"] == one["pot_minor"]
        balance = _moved(one["entries"])
        assert sum(balance.values()) == 0 and balance["incentive pot"] == 0
        assert one["unsettled"] == []


ENVELOPE = 3_711_000_000
HEALTH, COUNTY = "oxfordshire-clinical-commissioning-group", "oxfordshire-county-council"


def test_health_and_county_pay_the_budget_month_by_month_each_by_name(settlements):
    for one in settlements:
        budget = [entry for entry in one["entries"] if entry["line"] == "budget" and entry["debit"] == "oxford-health"]
        assert {entry["credit"] for entry in budget} == {HEALTH, COUNTY}
        assert len(budget) == 24 and budget[0]["due"] == f"201{one['year'] + 3}-04-30"
        paid = _moved(budget)
        assert (paid[HEALTH], paid[COUNTY]) == (-ENVELOPE * 91 // 100, -ENVELOPE * 9 // 100)


def test_what_the_lead_is_paid_flows_down_to_all_eight_partners(demo, settlements):
    for one in settlements:
        passed = [entry for entry in one["entries"] if entry["reason"].startswith("passed on: capitated budget")]
        on = _moved(passed)
        assert on["oxford-health"] == -531_300_000 and on["supported-housing-partner"] == 144_500_000
        assert on["respite-partner"] == 1_900_000 and len(on) == 9
    drawn = (demo[0] / "charts" / "flow-year-2-oxford-health.csv").read_text()
    assert all(name in drawn for name in ("Elmore", "Oxfordshire Mind", "Partner for respite care", "County Council"))
    page = (demo[0] / "statement.html").read_text()
    assert "Who pays whom" in page and page.count("by its contracts with others, which leaves it") == 4


def test_what_is_saved_below_the_envelope_is_put_back_into_care(settlements):
    """The open book has the business case's own costs; savings count only where outcomes earn a part of the points."""
    for one, saved in zip(settlements, (64_900_000, 67_700_000), strict=True):
        steps = {step["name"]: step for step in one["steps"]}
        count = steps["savings count"]["value"] != "0"
        moved = _moved(one["entries"])
        assert moved["care-from-savings"] == (saved if count else 0)
        back = [entry for entry in one["entries"] if entry["line"] == "gain and loss share"]
        assert _moved(back)["oxford-health"] == (0 if count else -saved)


def test_it_prints_what_each_line_brings_also_where_it_is_nothing(demo):
    table = demo[1].out[demo[1].out.index("Passed on") :]
    for line in ("incentive payment", "budget +£37,110,000.00  £5,313,000.00", "gain and loss share"):
        assert len(re.findall(f"  {line}", table)) == 2
    assert "not settled" not in table


def test_without_the_open_book_its_lines_wait_and_say_so(demo, settlements):
    values = demo[0] / "values.parquet"
    ran = obc("settle", "oxfordshire-mental-health", "--values", values)
    assert ran.status == 0
    assert (
        "oxford-health, year 1: not settled for want of open-book cost: gain and loss share, savings put back."
        in ran.out
    )
    again = obc("settle", "oxfordshire-mental-health", "--values", values, "--format", "json").json["settlements"]
    for before, after in zip(settlements, again, strict=True):
        assert after["evidence"] == "missing" and after["earned_minor"] == before["earned_minor"]
        assert {entry["line"] for entry in after["entries"]} == {"budget", "incentive payment"}


def test_verify_accepts_it(demo):
    ran = obc("verify", demo[0] / "statement.json")
    assert (ran.status, ran.out.splitlines()[0][:9]) == (0, "Accepted.")
    assert obc("verify", demo[0] / "statement.json", "--format", "json").json["accepted"] is True


@pytest.mark.parametrize("where", [0, 1, 0.25, 0.5, 0.75, -2, -1])
def test_verify_refuses_any_changed_byte(copy, where):
    document = bytearray(copy.read_bytes())
    place = int(where * len(document)) if isinstance(where, float) else where
    document[place] ^= 1
    copy.write_bytes(document)
    assert obc("verify", copy).status == 1


def test_verify_refuses_a_missing_and_a_strange_signature(copy):
    signature = copy.with_name("statement.oxford-health.sig")
    signature.rename(copy.with_name("kept"))
    ran = obc("verify", copy)
    assert ran.status == 1 and "no valid signature of oxford-health" in ran.out
    shutil.copy(copy.with_name("statement.oxfordshire-county-council.sig"), signature)
    assert obc("verify", copy).status == 1


def test_a_party_signs_with_a_key_of_its_own(copy, tmp_path):
    made = obc("key", tmp_path / "council.pem")
    assert made.status == 0 and "public key: " in made.out
    assert (tmp_path / "council.pem").stat().st_mode & 0o077 == 0
    assert obc("key", tmp_path / "council.pem").status == 1
    signed = obc("sign", copy, "--party", "oxfordshire-county-council", "--key", tmp_path / "council.pem")
    assert signed.status == 0
    refused = obc("verify", copy)
    assert refused.status == 1 and "oxfordshire-county-council does not belong" in refused.out
    assert obc("sign", copy, "--party", "x", "--key", copy).status == 1


def test_the_same_values_restate_to_nothing_and_late_data_to_an_entry(demo, tmp_path):
    values, statement = demo[0] / "values.parquet", demo[0] / "statement.json"
    contract = "oxfordshire-mental-health"
    returned = ("--returns", demo[0] / "open-book.csv")
    same = obc("restate", contract, "--values", values, "--against", statement, *returned, "--format", "json")
    assert same.json["adjusting_entries"] == []
    late = tmp_path / "late.csv"
    rows = (demo[0] / "values.csv").read_text().splitlines()
    head = rows[0].split(",")
    changed = []
    for row in rows[1:]:
        cells = row.split(",")
        whole_year = (
            cells[head.index("period_start")] == "2015-04-01" and cells[head.index("period_end")] == "2016-03-31"
        )
        if cells[0] == "settled-accommodation-one-year" and whole_year:
            cells[head.index("numerator")] = cells[head.index("denominator")]
            cells[head.index("value")] = "1"
        changed.append(",".join(cells))
    late.write_text("\n".join([rows[0], *changed]) + "\n")
    again = obc("restate", contract, "--values", late, "--against", statement, *returned, "--format", "json").json
    assert {entry["year"] for entry in again["adjusting_entries"]} == {2}
    assert all(entry["amount_minor"] > 0 and "restated" in entry["reason"] for entry in again["adjusting_entries"])


def test_a_folder_of_somebody_elses_is_not_overwritten(tmp_path):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("John")
    refused = obc("demo", "--out", tmp_path / "letters", "--people", 1000)
    assert refused.status == 1 and "nothing is overwritten" in refused.out
    assert [path.name for path in (tmp_path / "letters").iterdir()] == ["dear.txt"]


def test_a_scorecard_for_machines_has_numbers(demo):
    card = obc(
        "score", "oxfordshire-mental-health", "--values", demo[0] / "values.parquet", "--year", 2, "--format", "json"
    )
    assert card.status == 0
    found = card.json
    assert found["points_available"] == 100 and len(found["outcomes"]) == 7
    rows = [row for outcome in found["outcomes"] for row in outcome["indicators"] if row["value"] is not None]
    assert rows and all(
        isinstance(row[key], int | float) for row in rows for key in ("numerator", "denominator", "value")
    )
    earned = sum(one["points_earned"] for one in [*found["outcomes"], *found["additional"]])
    assert earned == pytest.approx(found["points_earned"])
