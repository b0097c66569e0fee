"""What some do not earn goes to all, in proportion, and not a penny more or less."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obc.domain.money.payment.trace import trace
from obc.domain.money.settlement.ledger import balances
from obc.domain.money.settlement.settlement import settle
from obc.domain.outcomes.scoring.evidenced import Evidenced
from payment_samples import mechanism

RULES = """
inputs: [{input: size, unit: money}, {input: earned, unit: money}, {input: score}]
steps:
  - {step: pot, pool: size, earned: earned, unearned: {redistributed by: score}}
  - {step: paid, settle: pot, reason: outcomes, round: half up}
"""


def _settled(size, earned, score, years=None):
    inputs = {"size": Evidenced.of(size), "earned": Evidenced.of(earned), "score": Evidenced.of(score)}
    names = [f"p{i}" for i in range(len(size))]
    return settle(mechanism(RULES), inputs, names, years or [1] * len(size))


def _balances(settlements):
    return balances(entry for one in settlements for entry in one.entries)


@pytest.mark.parametrize(
    ("score", "paid"),
    [
        ([1, 1, 1], [34 + 100, 33 + 50, 33]),  # largest remainder, the first among equals
        ([0, 3, 1], [100, 50 + 75, 25]),
        ([None, 1, 0], [100, 150, 0]),
        ([-5, 1, 0], [100, 150, 0]),
    ],
)
def test_the_rest_of_all_is_shared_by_weight(score, paid):
    _, settlements = _settled([1, 1, "0.5"], [1, "0.5", 0], score)
    assert [one.payable_minor for one in settlements] == paid
    assert _balances(settlements)["commissioner"] == -250
    assert all(not _balances(settlements)[name] for name in ("pot", "pot redistributed"))


@pytest.mark.parametrize("score", [[0, 0], [None, None]])
def test_where_nobody_has_a_weight_it_goes_back(score):
    _, settlements = _settled([1, 1], [1, "0.4"], score)
    assert [one.payable_minor for one in settlements] == [100, 40]
    assert _balances(settlements)["commissioner"] == -140
    assert {entry.reason for entry in settlements[1].entries} == {"set aside", "outcomes", "unearned, returned"}


def test_each_year_shares_its_own_rest():
    _, settlements = _settled([1, 1], [1, 0], [1, 1], [1, 2])
    assert [one.payable_minor for one in settlements] == [100, 100]


def test_who_cannot_be_settled_neither_gives_nor_gets():
    _, settlements = _settled([1, 1], [None, "0.4"], [9, 1])
    assert [one.payable_minor for one in settlements] == [None, 100]
    assert not settlements[0].entries


def test_the_contract_says_to_whom():
    done, settlements = _settled([1], [0], [2])
    assert "the rest goes to all parties by score (2)" in trace(done)[0].sentence
    assert [entry.reason for entry in settlements[0].entries] == [
        "set aside",
        "unearned, redistributed",
        "share of what was not earned",
    ]


AMOUNT = st.integers(0, 10**7).map(lambda minor: f"{minor // 100}.{minor % 100:02d}")


@given(st.lists(st.tuples(AMOUNT, AMOUNT, st.integers(-2, 50)), min_size=1, max_size=7))
def test_no_penny_is_lost_among_any_parties(rows):
    _, settlements = _settled(*(list(column) for column in zip(*rows, strict=True)))
    moved = _balances(settlements)
    assert moved.get("pot", 0) == moved.get("pot redistributed", 0) == 0
    if any(score > 0 for *_, score in rows):
        assert -moved.get("commissioner", 0) == sum(one.pot_minor for one in settlements)


@given(st.lists(st.tuples(AMOUNT, AMOUNT, st.integers(0, 3)), min_size=2, max_size=6), st.randoms())
def test_the_order_of_the_parties_changes_nothing(rows, random):
    named = [(f"p{i}", *row) for i, row in enumerate(rows)]
    turned = random.sample(named, len(named))
    paid = []
    for order in (named, turned):
        names, *columns = (list(column) for column in zip(*order, strict=True))
        inputs = dict(zip(("size", "earned", "score"), map(Evidenced.of, columns), strict=True))
        _, settlements = settle(mechanism(RULES), inputs, names, [1] * len(names))
        paid.append({one.party: one.payable_minor for one in settlements})
    assert paid[0] == paid[1]
