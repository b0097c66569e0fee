"""What moving the money costs: VAT that sticks and cost that stays, link by link."""

from fractions import Fraction

import pytest
import yaml
from pydantic import ValidationError

from obc.bootstrap.contracts import load_contract
from obc.domain.money.finance.transfer import Edge, transfer_cost
from obc.domain.money.finance.transfer_terms import Transfer
from obc.services.transfer import transfer_of

TERMS = """
vat:
  rate: {value: 20 %, source: law}
  bodies:
    - {party: ccg, is: nhs-body, source: test}
    - {party: council, is: council, source: test}
    - {party: trust, is: nhs-body, taxed costs: {value: 10 %, source: test}, source: test}
    - {party: venture, is: company, source: test}
    - {party: helper, is: charity, taxed costs: {value: 30 %, source: test}, source: test}
    - {party: coach, is: trader, source: test}
  rules:
    - {supplier: nhs-body, customers: [nhs-body], recovers: {value: 40 %, source: t}, why: listed, source: s 41}
    - {supplier: nhs-body, customers: [council], recovers: {value: 0, source: t}, why: business, source: t}
    - {supplier: nhs-body, customers: [company], recovers: {value: 0, source: t}, why: exempt, source: NAO}
    - {supplier: company, customers: [nhs-body, council], recovers: {value: 0, source: t}, why: exempt, source: t}
    - {supplier: charity, customers: [nhs-body, council, company], recovers: {value: 0, source: t}, why: e, source: t}
    - supplier: trader
      customers: [nhs-body, company]
      taxed: {value: 50 %, source: t}
      recovers: {value: 100 %, source: t}
      buyer recovers: {value: 20 %, source: t}
      why: half of it is taxed
      source: t
    - supplier: trader
      customers: [council]
      taxed: {value: 50 %, source: t}
      recovers: {value: 100 %, source: t}
      why: a council gets it back
      source: s 33
stranded:
  - {at: helper, from: trust, to: helper, what: leases, share: 12 %, months: 18, source: test}
"""


def _terms(text=TERMS):
    return Transfer.model_validate(yaml.load(text, Loader=yaml.BaseLoader))


def _cost(edges, commissioners=None, months_gone=0, terms=TERMS):
    given = commissioners or {"ccg": Fraction(1)}
    return transfer_cost(_terms(terms), [Edge(*edge) for edge in edges], given, {"helper": ["a", "b"]}, 1, months_gone)


@pytest.mark.parametrize(
    ("holder", "supplier", "today", "in_contract"),
    [
        ("trust", "helper", 6_000, 6_000),  # 30 % of £1,000 at 20 %: a charity never gets it back
        ("venture", "trust", 1_200, 2_000),  # 10 % at 20 %, of which 40 % came back while the NHS bought
        ("venture", "helper", 6_000, 6_000),
        ("trust", "coach", 8_000, 8_000),  # half of it taxed at 20 %, of which the NHS gets back a fifth
        ("venture", "coach", 8_000, 8_000),
    ],
)
def test_what_sticks_hangs_on_who_buys(holder, supplier, today, in_contract):
    (_, link) = _cost([("ccg", holder, 100_000), (holder, supplier, 100_000)]).links
    assert (link.vat.today_minor, link.vat.in_contract_minor) == (today, in_contract)
    assert link.vat.added_minor == in_contract - today


def test_today_each_commissioner_buys_its_share():
    """Seven tenths from the NHS (1,200 sticks), three tenths from the council (2,000): 1,440 today; 1,200 after."""
    commissioners = {"ccg": Fraction(7, 10), "council": Fraction(3, 10)}
    edges = [("ccg", "trust", 70_000), ("council", "trust", 30_000), ("trust", "coach", 100_000)]
    link = _cost(edges, commissioners).links[2]
    assert (link.vat.today_minor, link.vat.in_contract_minor) == (8_000 * 7 // 10, 8_000)


def test_who_passes_everything_on_has_no_costs_of_its_own():
    cost = _cost([("ccg", "trust", 100_000), ("trust", "helper", 60_000)])
    assert cost.links[0].vat.in_contract_minor == 480  # 10 % of £400 at 20 %, less the 40 % that comes back
    assert cost.links[1].vat.in_contract_minor == 3_600


def test_a_company_that_holds_it_loses_the_refund():
    """The sum that nobody had funded when a partnership of two trusts held a contract (NAO, 2016)."""
    cost = _cost([("ccg", "trust", 100_000), ("trust", "helper", 60_000)])
    assert {one.kind: one.added_minor for one in cost.held_by} == {"nhs-body": 0, "council": 320, "company": 320}
    assert cost.vat_added_minor == 0


@pytest.mark.parametrize(("months_gone", "in_year"), [(0, 8_000), (12, 1_000), (24, 0)])
def test_cost_that_stays_falls_in_a_straight_line(months_gone, in_year):
    """£1,000 a month of work leaves £10 a month behind at first: £90 over 18 months, £80 of it in the first year."""
    (link,) = _cost([("trust", "helper", 100_000)], months_gone=months_gone).links
    (stays,) = link.stranded
    assert (stays.in_year_minor, stays.altogether_minor) == (in_year, 9_000)
    assert link.contracts_ended == ("a", "b")


def test_of_a_body_that_nobody_describes_nothing_is_said():
    (link,) = _cost([("trust", "stranger", 100_000)]).links
    assert link.vat is None
    assert _cost([("trust", "stranger", 100_000)]).held_by == ()


def test_without_rules_between_two_kinds_nothing_is_said():
    (link,) = _cost([("coach", "trust", 100_000)]).links
    assert link.vat is None


def test_without_vat_there_is_cost_that_stays():
    (link,) = _cost([("trust", "helper", 100_000)], terms="stranded:" + TERMS.split("stranded:")[1]).links
    assert link.vat is None
    assert link.stranded[0].altogether_minor == 9_000


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"is: trader": "is: pirate"}, "of which no rule speaks"),
        ({"party: council": "party: ccg"}, "say once what it is"),
        ({"customers: [company]": "customers: [company, nhs-body]"}, "leave one rule for each pair"),
        ({"months: 18": "months: 0"}, "write 1 to 120 months"),
        ({"share: 12 %": "share: 112 %"}, "a share from 0 % to 100 %"),
    ],
)
def test_terms_that_do_not_fit_are_refused(changes, words):
    text = TERMS
    for old, new in changes.items():
        text = text.replace(old, new)
    with pytest.raises(ValidationError, match=words):
        _terms(text)


def test_a_transfer_that_costs_nothing_is_refused():
    with pytest.raises(ValidationError, match="leave the transfer out"):
        _terms("{}")


def test_the_lead_in_oxfordshire_keeps_the_refund_that_a_company_would_lose():
    cost = transfer_of(load_contract("oxfordshire-mental-health"), 1)
    assert sum(link.amount_minor for link in cost.links if link.supplier == "oxford-health") == 3_711_000_000
    by_kind = {one.kind: one.added_minor for one in cost.held_by}
    # 15 % of the £31,797k that the lead spends itself, at 20 %, of which 40 % comes back: £381,564; and one trader
    assert by_kind["company"] == 38_156_400 + 289_800
    assert cost.vat_added_minor == 289_800
    assert sum(len(link.contracts_ended) for link in cost.links) == 12


def test_of_a_contract_that_says_nothing_nothing_is_shown():
    assert transfer_of(load_contract("template"), 1) is None
