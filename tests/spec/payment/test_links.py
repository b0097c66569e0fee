"""Contracts under the contract: what a party is paid goes on in shares, link by link, gains and losses alike."""

import pytest

from obc.domain.money.settlement.ledger import balances
from obc.domain.money.settlement.settlement import settle
from obc.domain.outcomes.scoring.evidenced import Evidenced
from payment_samples import mechanism

RULES = """
inputs: [{input: earned, unit: money}, {input: care, unit: money}]
pooled budgets:
  - account: pooled-budget
    filled by: [{account: health, share: 2/3}, {account: council, share: 1/3}]
    source: test
links:
  - {from: lead, to: housing, share: 10 %, source: test}
  - {from: lead, to: agency, share: [{value: 20 %, from: 1}, {value: 30 %, from: 2}], of: [budget], source: test}
  - {from: agency, to: respite, share: 1/4, source: test}
steps:
  - {step: pot, pool: 1_000, earned: earned, unearned: back to the payer, source: test}
  - {step: payment, settle: pot, reason: outcomes achieved, round: half up, paid by: pooled-budget}
  - {step: budget, settle: care, reason: care, round: half up, paid by: pooled-budget}
"""


def _settled(earned, care, party="lead", year=1):
    inputs = {"earned": Evidenced.of([earned]), "care": Evidenced.of([care])}
    return settle(mechanism(RULES), inputs, [party], [year])[1][0]


@pytest.mark.parametrize(
    ("year", "housing", "agency", "respite", "lead"),
    [(1, 5_000 + 1_000, 1_500, 500, 45_000 + 7_000), (2, 5_000 + 1_000, 2_250, 750, 45_000 + 6_000)],
)
def test_what_is_paid_goes_on_link_by_link(year, housing, agency, respite, lead):
    """£500 for outcomes and £100 for care. The agency is paid for care alone, and passes a quarter of that on."""
    done = _settled(500, 100, year=year)
    found = balances(done.entries)
    assert (found["housing"], found["agency"], found["respite"], found["lead"]) == (housing, agency, respite, lead)
    assert (done.payable_minor, done.earned_minor) == (60_000, 50_000)
    assert done.passed_on_minor == done.payable_minor - lead


def test_each_commissioner_pays_its_share_by_name_and_gets_its_share_back():
    done = _settled("999.99", None)
    moves = [(entry.credit, entry.debit, entry.amount_minor) for entry in done.entries]
    assert moves == [
        ("health", "pot", 66_667),
        ("council", "pot", 33_333),
        ("pot", "lead", 99_999),
        ("pot", "health", 1),
        ("lead", "housing", 10_000),
    ]
    assert {entry.reason for entry in done.entries if entry.credit == "lead"} == {"passed on: outcomes achieved"}


def test_what_is_given_back_comes_back_down_the_links():
    done = _settled(0, "-100")
    moves = {(entry.credit, entry.debit): entry.amount_minor for entry in done.entries if entry.line == "budget"}
    assert moves == {
        ("lead", "health"): 6_667,
        ("lead", "council"): 3_333,
        ("housing", "lead"): 1_000,
        ("agency", "lead"): 2_000,
        ("respite", "agency"): 500,
    }
    assert (done.payable_minor, done.passed_on_minor) == (-10_000, -3_000)


def test_a_party_without_links_keeps_what_it_is_paid():
    done = _settled(500, 100, party="other")
    assert (done.payable_minor, done.passed_on_minor) == (60_000, 0)


def test_a_line_that_is_not_known_passes_nothing_on():
    assert _settled(None, None).entries == () and _settled(None, None).passed_on_minor == 0


@pytest.mark.parametrize(
    ("links", "words"),
    [
        ("{from: a, to: a, share: 1 %, source: t}", "a link from 'a' to itself"),
        ("{from: a, to: b, share: 1 %}", "the number 0.01 without a source"),
        ("{from: a, to: b, share: -1 %, source: t}", "pass on -1 % of what 'a' is paid"),
        (
            "{from: a, to: b, share: 60 %, of: [budget], source: t}, {from: a, to: c, share: 41 %, source: t}",
            "pass on 101 % of what 'a' is paid",
        ),
        (
            "{from: a, to: b, share: 1 %, source: t}, {from: a, to: b, share: 2 %, source: t}",
            "a second link from 'a' to 'b'",
        ),
        ("{from: a, to: b, share: 1 %, of: [nothing], source: t}", "'nothing', which no settle step is called"),
        (
            "{from: b, to: c, share: 1 %, source: t}, {from: a, to: b, share: 2 %, source: t}",
            "a link from 'b' above the one to it",
        ),
        (
            "{from: a, to: b, share: 1 %, source: t}, {from: b, to: a, share: 2 %, source: t}",
            "money that goes round in a circle goes nowhere",
        ),
    ],
)
def test_links_that_cannot_be_paid_are_refused(links, words):
    head, _, tail = RULES.partition("links:\n")
    rest = tail[tail.index("steps:") :]
    with pytest.raises(ValueError, match=words):
        mechanism(f"{head}links: [{links}]\n{rest}")


def test_two_links_may_share_lines_between_them():
    head, _, tail = RULES.partition("links:\n")
    of_one, of_other = ("share: 60 %, of: [budget], source: t", "share: 60 %, of: [payment], source: t")
    links = f"{{from: a, to: b, {of_one}}}, {{from: a, to: c, {of_other}}}"
    assert len(mechanism(f"{head}links: [{links}]\n{tail[tail.index('steps:') :]}").links) == 2


def test_a_pooled_budget_has_a_name_of_its_own():
    twice = "pooled budgets: [{account: p, filled by: a}, {account: p, filled by: b}]\nsteps:"
    with pytest.raises(ValueError, match="a pooled budget named twice"):
        mechanism("inputs: [{input: x}]\n" + twice + "\n  - {step: p, settle: x, reason: r, round: down}")
