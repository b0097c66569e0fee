"""Sanctions move money and never make or lose any, whatever their shares, their order and their ends."""

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from obc.domain.core.kernel.provenance import Evidence
from obc.domain.money.settlement.circumstances import Circumstances, Withheld
from obc.domain.money.settlement.ledger import Entry, balances
from obc.domain.money.settlement.settlement import Settlement
from obc.domain.money.settlement.withholding import less_withheld
from payment_samples import mechanism

RULES = mechanism("""
inputs: [{input: points earned, from: scorecard}]
steps:
  - {step: earned, scale: points earned, by: [1], source: test}
  - {step: payment, settle: earned, reason: r, round: half up}
withholding:
  most: 100 %
  retained by: [{account: shelter, title: S, share: 1/3}, {account: kitchen, title: K, share: 2/3}]
  source: test
""")
DAY = date(2020, 5, 1)
SANCTIONS = st.lists(
    st.tuples(st.fractions(min_value=Fraction(1, 10**6), max_value=Fraction(1, 4)), st.booleans()),
    min_size=1,
    max_size=4,
)


def due(amount: int) -> Settlement:
    moved = Entry(party="p", year=1, line="payment", debit="p", credit="c", amount_minor=abs(amount) or 1, reason="r")
    if amount < 0:
        moved = moved.model_copy(update={"debit": "c", "credit": "p"})
    return Settlement(
        party="p",
        year=1,
        pot_minor=max(amount, 0),
        earned_minor=max(amount, 0),
        unearned_minor=0,
        payable_minor=amount,
        evidence=Evidence.FINAL,
        entries=(moved,) if amount else (),
    )


def sanctions(drawn: list[tuple[Fraction, bool]]) -> tuple[Withheld, ...]:
    return tuple(
        Withheld(id=f"s{i}", year=1, share=share, decided=DAY, retained=DAY if lost else None, why="w")
        for i, (share, lost) in enumerate(drawn)
    )


@given(st.integers(-(10**12), 10**12), SANCTIONS)
def test_what_is_kept_back_is_what_the_party_does_not_get(amount, drawn):
    done = less_withheld(due(amount), RULES, Circumstances(withheld=sanctions(drawn)))
    left = balances(done.entries)
    lost = left.get("shelter", 0) + left.get("kitchen", 0)
    assert sum(left.values()) == 0 and left.get("withheld", 0) == done.withheld_minor >= 0
    assert done.payable_minor == left.get("p", 0)
    assert done.payable_minor + done.withheld_minor + lost == amount
    assert done.earned_minor == max(amount, 0)
    most = sum((share for share, _ in drawn), Fraction(0)) * max(amount, 0)
    assert most - len(drawn) < done.withheld_minor + lost <= most


@given(st.integers(0, 10**10), SANCTIONS)
def test_the_order_of_sanctions_changes_nothing(amount, drawn):
    ways = [
        less_withheld(due(amount), RULES, Circumstances(withheld=order))
        for order in (sanctions(drawn), tuple(reversed(sanctions(drawn))))
    ]
    assert ways[0].payable_minor == ways[1].payable_minor and ways[0].withheld_minor == ways[1].withheld_minor
