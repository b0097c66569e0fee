"""Forecast, accounts, disputes and what was known when: what the commands print, write and refuse."""

import csv
import json
import re
from datetime import date

import pytest

from ahead_samples import INDICATOR, YEAR, quarters
from command import obc
from obc.domain.core.kernel.period import Period
from obc.engine.values_file import write_values


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A contract of one's own, with values of two quarters and of the whole year."""
    home = tmp_path_factory.mktemp("ahead")
    assert obc("new", "our-town", "--out", home).status == 0
    write_values(quarters(YEAR, [(300, 400), (310, 400)]), home / "half.csv")
    write_values(quarters(YEAR, [(300, 400)] * 4, whole=(1230, 1600)), home / "whole.csv")
    write_values(quarters(YEAR, [(300, 400)] * 3 + [(390, 400)], whole=(1290, 1600)), home / "surprise.csv")
    return home


def test_a_forecast_says_the_middle_the_spread_and_the_worth(folder):
    said = obc("forecast", folder / "our-town", "--values", folder / "half.csv", "--year", "1", "--worth")
    assert said.status == 0
    assert "2 quarters known" in said.out and "90 % of the runs earn" in said.out
    assert "What one unit on the better side is worth" in said.out and INDICATOR in said.out
    ran = obc("forecast", folder / "our-town", "--values", folder / "half.csv", "--year", "1", "--format", "json")
    assert ran.json["schema_version"] == 1 and ran.json["quarters_known"] == 2
    assert ran.json["earned"]["low_90_minor"] <= ran.json["earned"]["median_minor"]
    assert sum(level["chance"] for level in ran.json["outcomes"][0]["levels"]) == pytest.approx(1)


def test_a_scenario_stands_beside_the_forecast_and_both_are_written(folder):
    scenario = folder / "scenario.yaml"
    scenario.write_text(
        "title: half the pot\nsource: illustrative\ncontract:\n"
        "  - {file: payment.yaml, at: figures / pot of the year / is, reads: 500_000}\n"
        f"rest of year:\n  - {{indicator: {INDICATOR}, times: 1.05}}\n"
    )
    words = ("forecast", folder / "our-town", "--values", folder / "half.csv", "--year", "1", "--scenario", scenario)
    said = obc(*words, "--worth", "--out", folder / "out")
    assert said.status == 0 and "Scenario: half the pot" in said.out and "On average the scenario earns" in said.out
    page = (folder / "out/forecast-year-1.html").read_text()
    assert "half the pot" in page and "How it is drawn" in page and "to whom" in page
    rows = list(csv.DictReader((folder / "out/forecast-year-1.csv").read_text().splitlines()))
    assert {row["scenario"] for row in rows} == {"", "half the pot"}
    assert (folder / "out/charts/fan-year-1.png").read_bytes()[:4] == b"\x89PNG"
    assert (folder / "out/charts/fan-year-1-scenario.svg").exists()
    ran = obc(*words, "--format", "json").json
    assert ran["scenario_forecast"]["central"]["pot_minor"] * 2 == ran["central"]["pot_minor"]


def test_accounts_reconcile_to_the_statement(folder):
    centres = folder / "centres.csv"
    centres.write_text("account,cost_centre\nprovider-of-care,MH-1\n")
    words = (
        "accounts",
        folder / "our-town",
        "--values",
        folder / "surprise.csv",
        "--year",
        "1",
        "--cost-centres",
        centres,
    )
    said = obc(*words, "--out", folder / "accounts")
    assert said.status == 0 and "The journal adds up to it" in said.out and "year-end adjustment" in said.out
    rows = list(csv.DictReader((folder / "accounts/journal-year-1.csv").read_text().splitlines()))
    mine = [int(row["debit_minor"]) - int(row["credit_minor"]) for row in rows if row["cost_centre"] == "MH-1"]
    settled = obc("settle", folder / "our-town", "--values", folder / "surprise.csv", "--format", "json").json
    assert (
        sum(mine)
        == settled["settlements"][0]["payable_minor"]
        == obc(*words, "--format", "json").json["settled"]["payable_minor"]
    )


def test_accounts_to_a_day_hold_the_months_that_are_over(folder):
    words = ("accounts", folder / "our-town", "--values", folder / "half.csv", "--year", "1")
    assert obc(*words, "--to", "2027-07-30", "--format", "json").json["months"] == 3
    early = obc(*words, "--to", "2027-04-29")
    assert early.status == 1 and "its first month ends on 2027-04-30" in early.out


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("name,centre\n", "account,cost_centre"),
        ("", "no heading row"),
        ("account,cost_centre\na,\n", "without both"),
        ("account,cost_centre\na,1\na,2\n", "'a' twice"),
        (None, "No such file"),
    ],
)
def test_cost_centres_that_cannot_be_used_are_refused(folder, text, found):
    path = folder / "bad.csv"
    path.unlink(missing_ok=True)
    if text is not None:
        path.write_text(text)
    words = ("accounts", folder / "our-town", "--values", folder / "half.csv", "--year", "1", "--cost-centres", path)
    ran = obc(*words)
    assert ran.status == 1 and found in ran.out


def test_a_dispute_freezes_and_its_end_restates(folder):
    disputed = folder / "circumstances.yaml"
    disputed.write_text(
        f"disputes:\n  - {{id: homes, year: year 1, indicator: {INDICATOR}, raised by: provider-of-care, "
        "raised: 2028-06-01, settled: 2028-09-01, why: addresses are missing}\n"
    )
    words = ("settle", folder / "our-town", "--values", folder / "whole.csv", "--circumstances", disputed)
    during = obc(*words, "--as-known-on", "2028-07-01", "--out", folder / "disputed")
    assert during.status == 0 and "held in dispute" in during.out
    held = json.loads((folder / "disputed/statement.json").read_text())["settlements"][0]
    assert (held["pot_minor"], held["held_minor"], held["earned_minor"]) == (100_000_000, 100_000_000, 0)
    assert "waits until the parties agree" in (folder / "disputed/statement.html").read_text()
    after = obc(*words, "--format", "json").json["settlements"][0]
    assert after["held_minor"] == 0
    again = ("restate", folder / "our-town", "--values", folder / "whole.csv", "--circumstances", disputed)
    moves = obc(*again, "--against", folder / "disputed/statement.json", "--format", "json").json["adjusting_entries"]
    assert sum(one["amount_minor"] for one in moves if one["credit"] == "held in dispute") == 100_000_000


def test_a_dispute_about_nothing_that_is_measured_is_refused(folder):
    wrong = folder / "wrong.yaml"
    wrong.write_text(
        "disputes:\n  - {id: d, year: year 1, indicator: happiness, raised by: p, raised: 2028-06-01, why: w}\n"
    )
    ran = obc("settle", folder / "our-town", "--values", folder / "whole.csv", "--circumstances", wrong)
    assert ran.status == 1 and "no value of 'happiness'" in ran.out


def test_a_settlement_is_explained_from_the_payment_to_the_counts(folder):
    said = obc("settle", folder / "our-town", "--values", folder / "whole.csv", "--explain").out
    lines = said.splitlines()
    assert lines[0] == "provider-of-care, year 1"
    assert lines[1].startswith("└─ incentive payment = incentive pot (600,000)")
    assert any(
        "earned by points = pot of the year (1,000,000) × points earned (60) × 0.01 = 600,000" in x for x in lines
    )
    counted = f"{INDICATOR}: 1,230 of 1,600 is 0.769, improved from 0.75: 60 of 100 points"
    assert any(counted in line for line in lines)
    assert any("(see above)" in line for line in lines)


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    """A quarter of the county's second year, of one indicator."""
    file = tmp_path_factory.mktemp("county") / "quarter.csv"
    write_values(quarters(Period(start=date(2015, 4, 1), end=date(2016, 3, 31)), [(300, 400)]), file)
    return file


def test_a_forecast_says_what_moving_the_money_costs_link_by_link(county, tmp_path):
    words = ("forecast", "oxfordshire-mental-health", "--values", county, "--year", "2", "--runs", "100")
    said = obc(*words, "--out", tmp_path)
    assert said.status == 0, said.err
    assert "In year 2, £20,537.45 of cost stays with those who cannot shed it at once." in said.out
    assert "adds £2,898 of VAT that nobody gets back" in said.out
    assert "Oxford Health NHS Foundation Trust to Elmore, £767,000; £18,408 of VAT sticks, as today" in said.out
    assert re.search(r"company +£384,462.00", said.out)
    assert (
        "what stayed at Elmore for bids and returns for contracts of its own, £15,340 over 12 months, is gone"
        in said.out
    )
    page = (tmp_path / "forecast-year-2.html").read_text()
    assert "What moving the money costs" in page and "VAT Act 1994, section 41(3)" in page
    moving = obc(*words, "--format", "json").json["transfer"]
    assert moving["year"] == 2
    link = next(one for one in moving["links"] if one["supplier"] == "employment-partner")
    assert (link["vat"]["today_minor"], link["vat"]["in_contract_minor"]) == (2_930_200, 3_220_000)
    assert link["stranded"][0]["in_year_minor"] == 80_500


def test_a_contract_that_says_nothing_of_moving_shows_nothing(folder):
    words = ("forecast", folder / "our-town", "--values", folder / "half.csv", "--year", "1", "--format", "json")
    assert "transfer" not in obc(*words).json
