"""What holds for every contract and every value: money conserved, better never less, order without effect."""

from fractions import Fraction
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from obc.domain.core.kernel.rate import Ratios, choose, greater, lesser
from obc.domain.money.payment.evaluation import evaluate
from obc.domain.money.settlement.ledger import Ledger, balances
from obc.domain.money.settlement.restatement import restate
from obc.domain.money.settlement.settlement import settle
from obc.domain.outcomes.scoring.evidenced import Evidenced
from payment_samples import mechanism, result
from scoring_samples import POINTS, levels, one, scored, seven, value

NUMBERS = st.fractions(-(10**6), 10**6, max_denominator=10**6) | st.integers(-(10**20), 10**20).map(Fraction)
PERCENTS = st.integers(0, 1000).map(lambda tenth: str(Fraction(tenth, 10)) if tenth % 10 == 0 else f"{tenth / 10:.1f}")
MAYBE = st.none() | PERCENTS


@given(st.lists(NUMBERS, min_size=1, max_size=5), NUMBERS)
def test_arrays_calculate_as_python_fractions_do(numbers, other):
    a, b = Ratios.of(numbers), Ratios.of([other])
    assert (a + b).list() == [x + other for x in numbers]
    assert (a - b).list() == [x - other for x in numbers]
    assert (a * b).list() == [x * other for x in numbers]
    if other:
        assert (a / b).list() == [x / other for x in numbers]
    assert (a < b).tolist() == [x < other for x in numbers]
    assert (a >= b).tolist() == [x >= other for x in numbers]
    assert (a == b).tolist() == [x == other for x in numbers]
    assert lesser(a, b).list() == [min(x, other) for x in numbers]
    assert greater(a, b).list() == [max(x, other) for x in numbers]
    flags = np.array([x > 0 for x in numbers])
    assert choose(flags, a, b).list() == [x if x > 0 else other for x in numbers]


@given(NUMBERS, st.integers(-3, 6))
def test_rounding_is_near_and_half_even_is_pythons(number, places):
    step = Fraction(10) ** -places
    rounded = {mode: Ratios.of([number]).rounded(places, mode)[0] for mode in ("half up", "half even", "down")}
    assert rounded["half even"] == round(number, places)
    assert all((result / step).denominator == 1 for result in rounded.values())
    assert abs(rounded["half up"] - number) <= step / 2
    assert abs(rounded["down"]) <= abs(number) < abs(rounded["down"]) + step


RATES = st.lists(st.integers(0, 100), min_size=1, max_size=5)


@given(RATES, st.lists(st.integers(-50, 500), min_size=2, max_size=8), st.sampled_from(["step", "linear", "marginal"]))
def test_a_curve_that_rises_never_pays_less_for_more(rates, values, shape):
    gifts = rates if shape == "marginal" else sorted(rates)
    points = [[str(10 * i), str(gift)] for i, gift in enumerate(gifts)]
    done = result(f"curve: x\nshape: {shape}\npoints: {points}", x=sorted(values))
    paid = [done["result"][i] for i in range(len(values))]
    assert all(less <= more for less, more in pairwise(paid))


@given(RATES, st.integers(0, 4))
def test_a_marginal_curve_has_no_jumps(rates, place):
    points = [[str(10 * i), str(rate)] for i, rate in enumerate(rates)]
    tiny = Fraction(1, 10**9)
    done = result(f"curve: x\nshape: marginal\npoints: {points}", x=[10 * place - tiny, 10 * place, 10 * place + tiny])
    left, at, right = (done["result"][i] for i in range(3))
    assert right - left <= 2 * 100 * tiny and left <= at <= right


@given(st.dictionaries(st.sampled_from(list(POINTS)), MAYBE), st.sampled_from(list(POINTS)), PERCENTS, PERCENTS)
def test_a_better_value_never_scores_less(percents, name, one_value, other):
    worse, better = sorted((one_value, other), key=Fraction)
    before = levels(seven(), {"all": "55"} | percents | {name: worse})
    after = levels(seven(), {"all": "55"} | percents | {name: better})
    assert after.points_earned >= before.points_earned


@given(st.dictionaries(st.sampled_from(list(POINTS)), MAYBE))
def test_points_are_within_what_is_available_and_add_up(percents):
    card = levels(seven(), {"all": None} | percents)
    assert 0 <= card.points_earned <= card.points_available <= 100
    assert card.points_earned == sum(part.points_earned for part in (*card.outcomes, *card.additional))
    for outcome in card.outcomes:
        assert outcome.points_earned == sum(row.points_earned for row in outcome.indicators)


@given(st.permutations(list(POINTS)), st.dictionaries(st.sampled_from(list(POINTS)), MAYBE))
def test_the_order_of_outcomes_and_values_changes_nothing(order, percents):
    used = seven()
    turned = used.model_copy(
        update={"outcomes": tuple(next(o for o in used.outcomes if o.id == name) for name in order)}
    )
    values = [value(f"{name}-measured", percents.get(name, "61")) for name in POINTS]
    first, second = scored(used, values), scored(turned, values[::-1])
    assert first.points_earned == second.points_earned
    assert sorted(first.outcomes, key=lambda o: o.id) == sorted(second.outcomes, key=lambda o: o.id)


@given(st.lists(st.tuples(st.integers(0, 5), MAYBE), min_size=1, max_size=4), st.sampled_from(["excluded", "lost"]))
def test_segments_never_earn_more_than_the_best_of_them(segments, rule):
    listed = "\n".join(f"    - {{segment: s{i}, weight: {weight}}}" for i, (weight, _) in enumerate(segments))
    marks = "thresholds: {good: 50 %, improved: 60 %, excellent: 70 %}"
    used = one(f"- id: a\n  {marks}\n  segments:\n{listed}", f"unscored indicators: {rule}")
    card = scored(used, [value("a", percent, f"s{i}") for i, (_, percent) in enumerate(segments)])
    best = max((row.share or 0) for row in card.outcomes[0].indicators)
    assert 0 <= card.points_earned <= best * 90


POT = """
inputs: [{{input: points}}, {{input: size}}]
steps:
  - {{step: earned, scale: size, by: [points, 1 %], source: test}}
  - step: pot
    pool: size
    earned: earned
    unearned:
      reinvested in:
        - {{account: x, share: {first} %}}
        - {{account: y, share: {rest} %}}
    source: test
  - step: payment
    settle: pot
    reason: outcomes achieved
    round: {mode}
    source: test
    paid to:
      - {{account: party, share: 1/3}}
      - {{account: partner, share: 2/3}}
"""
POINTS_EARNED = st.fractions(0, 100, max_denominator=90)
MODES = st.sampled_from(["half up", "half even", "down"])


def _pot(points, size, first, mode):
    made = mechanism(POT.format(first=first, rest=100 - first, mode=mode))
    inputs = {"points": Evidenced.of([points]), "size": Evidenced.of([Fraction(size, 100)])}
    return settle(made, inputs, ["party"], [1])[1][0]


@given(POINTS_EARNED, st.integers(0, 10**12), st.integers(0, 100), MODES)
def test_no_penny_is_lost_or_made(points, size, first, mode):
    done = _pot(points, size, first, mode)
    assert done.earned_minor + done.unearned_minor == done.pot_minor == size
    left = balances(done.entries)
    assert left.get("pot", 0) == 0
    assert sum(left.values()) == 0
    assert left.get("party", 0) + left.get("partner", 0) == done.earned_minor
    assert left.get("x", 0) + left.get("y", 0) == done.unearned_minor


@given(POINTS_EARNED, POINTS_EARNED, st.integers(0, 10**12), MODES)
def test_a_higher_score_never_pays_less(first, second, size, mode):
    low, high = sorted((first, second))
    assert _pot(low, size, 60, mode).earned_minor <= _pot(high, size, 60, mode).earned_minor


@given(st.lists(POINTS_EARNED, min_size=1, max_size=4), st.integers(0, 10**10))
def test_restating_ends_where_a_full_run_does_and_twice_adds_nothing(history, size):
    ledger = Ledger()
    for points in history:
        settled = [_pot(points, size, 60, "half up")]
        ledger = ledger.with_entries(restate(ledger, settled))
        assert restate(ledger, settled) == ()
    full = balances(settled[0].entries)
    assert {account: amount for account, amount in balances(ledger.entries).items() if amount} == {
        account: amount for account, amount in full.items() if amount
    }


@given(st.lists(st.tuples(st.none() | POINTS_EARNED, st.integers(1, 3)), min_size=1, max_size=6))
def test_settling_many_at_once_is_settling_each_alone(rows):
    made = mechanism(POT.format(first=60, rest=40, mode="half up"))
    parties = [f"p{i}" for i in range(len(rows))]
    size = Evidenced.of([1000])
    together = settle(
        made, {"points": Evidenced.of([points for points, _ in rows]), "size": size}, parties, [y for _, y in rows]
    )[1]
    for party, (points, year), both in zip(parties, rows, together, strict=True):
        alone = settle(made, {"points": Evidenced.of([points]), "size": size}, [party], [year])[1][0]
        assert alone == both


@given(st.integers(1, 10**9), st.integers(1, 10**9), st.integers(1, 10**9))
def test_cap_and_floor_bound_the_total(amount, low, more):
    made = mechanism(
        "inputs: [{input: x}, {input: low}, {input: high}]\nsteps:\n"
        "  - {step: kept, curve: x, at least: low, at most: high}\n"
        "  - {step: paid, settle: kept, reason: r, round: down}"
    )
    inputs = {"x": Evidenced.of([amount]), "low": Evidenced.of([low]), "high": Evidenced.of([low + more])}
    assert low <= evaluate(made, inputs, 1)["paid"][0] <= low + more
