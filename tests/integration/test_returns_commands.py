"""A budget in instalments and an open book, by the commands: what waits, what comes late, what is spared."""

import json

import pytest

from ahead_samples import YEAR, quarters
from command import obc
from obc.engine.values_file import write_values

PAYMENT = """
inputs:
  - {input: points earned, unit: points, from: scorecard}
  - {input: cost, unit: money, from: returns}
links:
  - {from: provider-of-care, to: charity, share: 30 %, source: illustrative}
steps:
  - {step: budget, settle: 1_200_000, reason: budget, round: half up, source: illustrative,
     instalments: {on account: 1_200_000, every: month}}
  - {step: earned, scale: 1_000, by: [points earned], source: illustrative}
  - {step: incentive, settle: earned, reason: outcomes, round: half up}
  - {step: saved, compare: cost, with: 1_200_000, by: difference, better: lower, source: illustrative}
  - {step: half, scale: saved, by: [50 %], source: illustrative}
  - {step: share, settle: half, reason: shared, round: half up}
"""
HEAD = "year,figure,value,evidence,source\n"


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """A contract of one's own, the values of its first year, an open book, and a flood."""
    home = tmp_path_factory.mktemp("town")
    assert obc("new", "our-town", "--out", home).status == 0
    (home / "our-town/payment.yaml").write_text(PAYMENT)
    agreement = home / "our-town/contract.yaml"
    text = agreement.read_text()
    was = "  - {id: provider-of-care, name: The provider of care}\n"
    assert was in text
    agreement.write_text(text.replace(was, was + "  - {id: charity, name: A charity, role: subcontractor}\n"))
    write_values(quarters(YEAR, [(300, 400)] * 4, whole=(1230, 1600)), home / "values.csv")
    (home / "book.csv").write_text(HEAD + "1,cost,1300000,final,audited\n")
    (home / "flood.yaml").write_text(
        "relieved losses:\n  - {id: flood, year: year 1, line: share, part: 50 %, agreed: 2028-02-01, why: the flood}\n"
    )
    return home


def _settle(town, *more):
    return obc("settle", town / "our-town", "--values", town / "values.csv", *more)


def test_what_lacks_the_open_book_waits_and_the_rest_is_paid(town):
    ran = _settle(town)
    assert ran.status == 0, ran.err
    assert "provider-of-care, year 1: not settled for want of cost: share." in ran.out
    (one,) = _settle(town, "--format", "json").json["settlements"]
    assert one["unsettled"] == [{"line": "share", "wants": ["cost"]}]
    assert (one["payable_minor"], one["passed_on_minor"]) == (126_000_000, 37_800_000)
    dates = [entry["due"] for entry in one["entries"] if entry["debit"] == "charity"]
    assert dates[:12:11] == ["2027-04-30", "2028-03-31"] and dates[12:] == ["2028-08-01"]


def test_the_open_book_brings_the_share_and_a_late_one_an_adjusting_entry(town):
    out = town / "first"
    assert _settle(town, "--out", out).status == 0
    whole = _settle(town, "--returns", town / "book.csv")
    assert "not settled" not in whole.out and "−£50,000.00" in whole.out
    words = ("--values", town / "values.csv", "--against", out / "statement.json")
    late = obc("restate", town / "our-town", *words, "--returns", town / "book.csv", "--format", "json").json
    moved = [(one["credit"], one["debit"], one["amount_minor"]) for one in late["adjusting_entries"]]
    assert moved == [("provider-of-care", "commissioner", 5_000_000), ("charity", "provider-of-care", 1_500_000)]


def test_a_flood_spares_half_of_the_loss_and_the_statement_is_accepted(town):
    out = town / "spared"
    ran = _settle(town, "--returns", town / "book.csv", "--circumstances", town / "flood.yaml", "--out", out)
    assert ran.status == 0 and "−£25,000.00" in ran.out
    checked = obc("verify", out / "statement.json", "--contract", town / "our-town")
    refused = checked.out.splitlines()[1:]
    assert refused == ["  the contract lists no keys to check signatures against"]
    content = json.loads((out / "statement.json").read_bytes())
    assert content["settlements"][0]["circumstances"]["relieved losses"][0]["id"] == "flood"
    page = (out / "statement.html").read_text()
    assert "of a loss 50 % is relieved" in page and "12 times, 30 April 2027 to 31 March 2028" in page
    explained = _settle(town, "--circumstances", town / "flood.yaml", "--returns", town / "book.csv", "--explain")
    assert "of a loss 50 % is relieved" in explained.out


def test_relief_under_a_line_that_is_nowhere_is_refused(town):
    wrong = town / "wrong.yaml"
    wrong.write_text((town / "flood.yaml").read_text().replace("line: share", "line: sharing"))
    ran = _settle(town, "--circumstances", wrong)
    assert ran.status == 1 and "relief of losses under 'sharing'" in ran.out
    assert "name a line that can bring a loss: budget, incentive, share" in ran.out


def test_a_wrong_return_is_refused_with_its_line(town):
    wrong = town / "wrong.csv"
    wrong.write_text(HEAD + "1,costs,much,final,\n")
    ran = _settle(town, "--returns", wrong)
    assert ran.status == 1 and "wrong.csv:2" in ran.out
    assert "did you mean 'cost'?" in ran.out and "say where the figure comes from" in ran.out


def test_month_end_and_forecast_take_the_open_book(town):
    words = (town / "our-town", "--values", town / "values.csv", "--year", "1")
    booked = obc("accounts", *words, "--returns", town / "book.csv")
    assert booked.status == 0 and "Not booked" not in booked.out
    assert "The journal adds up to it." in booked.out and "charity" in booked.out
    assert "Not booked: share, for want of cost." in obc("accounts", *words).out
    ahead = obc("forecast", *words, "--runs", "200", "--returns", town / "book.csv")
    assert ahead.status == 0 and "When the money moves" in ahead.out and "Not forecast" not in ahead.out
    assert "Not forecast: share, for want of cost." in obc("forecast", *words, "--runs", "200").out
