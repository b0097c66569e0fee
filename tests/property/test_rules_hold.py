"""What holds for every mechanism: order is in the hash, pots end where their rule says, links lose nothing."""

from fractions import Fraction
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from obc.domain.core.kernel.provenance import digest
from obc.domain.money.payment.evaluation import evaluate
from obc.domain.money.settlement.ledger import balances
from obc.domain.money.settlement.settlement import settle
from obc.domain.outcomes.scoring.evidenced import Evidenced
from payment_samples import mechanism, result

STEPS = {
    "capped": "curve: {of}\n    at most: 60",
    "floored": "curve: {of}\n    at least: 20",
    "deflated": "scale: {of}\n    by: [98 %]",
    "rounded": "round: {of}\n    places: 0\n    mode: half up",
    "banded": "curve: {of}\n    shape: marginal\n    points: [[10, 50 %], [30, 20 %]]",
    "judged": "hurdle: all\n    of: [{of} is at least 25]\n    then: {of}\n    missing: withholds",
}
"""Steps of one value; few of them commute."""
VALUES = [Fraction(n, 7) for n in range(-70, 700, 11)]


def _chain(names):
    """Each step works on what the one above it leaves; only their order differs."""
    above, text = "x", ""
    for name in names:
        text += f"  - step: {name}\n    {STEPS[name].format(of=above)}\n    source: test\n"
        above = name
    return mechanism(
        f"inputs: [{{input: x}}]\nsteps:\n{text}  - {{step: paid, settle: {above}, reason: r, round: down}}"
    )


def _exactly(made, names):
    done = evaluate(made, {"x": Evidenced.of(VALUES)}, 1)
    return [done[names[-1]][i] for i in range(len(VALUES))]


@given(st.permutations(list(STEPS)), st.integers(2, len(STEPS)), st.randoms())
def test_swapping_two_steps_that_do_not_commute_changes_the_contracts_hash(names, many, random):
    """The other way round need not hold: steps that commute may stand in two contracts with two hashes."""
    first = names[:many]
    i, j = random.sample(range(many), 2)
    second = [*first]
    second[i], second[j] = first[j], first[i]
    one, other = _chain(first), _chain(second)
    if _exactly(one, first) != _exactly(other, second):
        assert digest(one) != digest(other)
    assert digest(one) == digest(_chain(first))


def test_most_orders_of_the_steps_pay_something_else():
    """Without this the property above would say little."""
    swaps = [(a, b) for a in STEPS for b in STEPS if a < b]
    differ = [(a, b) for a, b in swaps if _exactly(_chain((a, b)), (a, b)) != _exactly(_chain((b, a)), (b, a))]
    assert len(differ) == 10 and {("capped", "deflated"), ("judged", "rounded")} <= {*differ}


PLACES = st.lists(st.integers(0, 60), min_size=2, max_size=5, unique=True).map(sorted)
GIVES = st.lists(st.integers(-40, 90), min_size=5, max_size=5)


@given(PLACES, GIVES, st.sampled_from(["linear", "marginal"]), st.booleans(), st.integers(0, 4))
def test_lines_and_bands_have_no_jumps_both_ways(places, gives, shape, mirrored, place):
    """Near a point the value moves no more than the steepest slope times the way gone; mirrored lines begin at 0."""
    assume(not (shape == "linear" and mirrored and (places[0] != 0 or gives[0] != 0)))
    points = [[str(at), str(gift)] for at, gift in zip(places, gives, strict=False)]
    tiny, at = Fraction(1, 10**9), places[place % len(places)]
    ways = "yes" if mirrored else "no"
    around = [way * at + more for way in ((1, -1) if mirrored else (1,)) for more in (-tiny, 0, tiny)]
    done = result(f"curve: x\nshape: {shape}\nboth ways: {ways}\npoints: {points}", x=around)
    found = [done["result"][i] for i in range(len(around))]
    for side in range(0, len(found), 3):
        assert all(abs(more - less) <= 2 * 130 * tiny for less, more in pairwise(found[side : side + 3]))


@given(PLACES, st.lists(st.integers(0, 90), min_size=5, max_size=5), st.lists(st.integers(-200, 200), min_size=2))
def test_mirrored_bands_rise_and_turn_with_the_sign(places, rates, values):
    points = [[str(at), str(rate)] for at, rate in zip(places, rates, strict=False)]
    text = f"curve: x\nshape: marginal\nboth ways: yes\npoints: {points}"
    many = sorted(values)
    done, turned = (result(text, x=given) for given in (many, [-value for value in many]))
    found = [done["result"][i] for i in range(len(many))]
    assert all(less <= more for less, more in pairwise(found))
    assert found == [-turned["result"][i] for i in range(len(many))]


MEASURES = st.lists(st.tuples(st.none() | st.integers(0, 100), st.integers(0, 9)), min_size=1, max_size=6)


@given(MEASURES, st.randoms(), st.sampled_from(["excluded", "lost"]), st.sampled_from(["mean", "sum"]))
def test_the_order_of_the_measures_changes_nothing(measures, random, unscored, as_):
    def combined(order):
        parts = ", ".join(f"{{value: m{i}, weight: {measures[i][1]}}}" for i in order)
        names = {f"m{i}": measures[i][0] for i in sorted(order)}
        return result(f"combine: [{parts}]\nas: {as_}\nunscored: {unscored}", **names)["result"]

    order = list(range(len(measures)))
    first, second = combined(order), combined(random.sample(order, len(order)))
    assert (first[0], first.state()) == (second[0], second.state())


RULES = {
    "back to the payer": ("commissioner", "back to the payer"),
    "over to next year": (None, "over to next year"),
    "reinvested": ("care-fund", "{reinvested in: [{account: care-fund, title: Care fund, share: 100 %}]}"),
    "redistributed": ("party", "{redistributed by: weight}"),
}


@given(
    st.sampled_from(list(RULES)),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(1, 9)), min_size=1, max_size=4),
)
def test_a_pot_ends_where_its_rule_says(rule, rows):
    """Filled, earned from, emptied: nothing stays in it, and what was not earned is where the rule sends it."""
    made = mechanism(f"""
inputs: [{{input: size, unit: money}}, {{input: earned, unit: money}}, {{input: weight}}]
steps:
  - {{step: pot, pool: size, earned: earned, unearned: {RULES[rule][1]}, source: test}}
  - {{step: paid, settle: pot, reason: outcomes, round: half up}}
""")
    columns = {"size": [], "earned": [], "weight": []}
    for size, earned, weight in rows:
        for name, given_value in (("size", Fraction(size, 100)), ("earned", Fraction(earned, 100)), ("weight", weight)):
            columns[name].append(given_value)
    names = [f"p{i}" for i in range(len(rows))]
    _, settled = settle(made, {name: Evidenced.of(many) for name, many in columns.items()}, names, [1] * len(rows))
    left = balances(entry for one in settled for entry in one.entries)
    held, got = sum(size for size, *_ in rows), sum(min(size, earned) for size, earned, _ in rows)
    assert sum(left.values()) == 0 and left.get("pot", 0) == 0 and left.get("pot redistributed", 0) == 0
    assert sum(one.earned_minor for one in settled) == got
    paid = sum(left.get(name, 0) for name in names)
    match rule:
        case "back to the payer":
            assert (paid, -left.get("commissioner", 0)) == (got, got)
        case "over to next year":
            assert (paid, -left.get("commissioner", 0)) == (got, held)
            assert sum(left.values()) - paid - left.get("commissioner", 0) == held - got
        case "reinvested":
            assert (paid, left.get("care-fund", 0)) == (got, held - got)
        case "redistributed":
            assert paid == held == -left.get("commissioner", 0)


SHARES = st.lists(st.integers(0, 20), min_size=2, max_size=4)


@given(st.integers(-(10**9), 10**9), SHARES, SHARES)
def test_no_penny_is_lost_down_two_levels_of_links(pennies, above, below):
    def links(giver, receivers, shares):
        whole = max(sum(shares), 1) + 1
        return "".join(
            f"  - {{from: {giver}, to: {name}, share: {share}/{whole}, source: test}}\n"
            for name, share in zip(receivers, shares, strict=False)
        )

    made = mechanism(
        "inputs: [{input: due, unit: money}]\nlinks:\n"
        + links("lead", ["a", "b", "c", "d"], above)
        + links("a", ["e", "f", "g", "h"], below)
        + "steps:\n  - {step: paid, settle: due, reason: care, round: half up}\n"
    )
    (one,) = settle(made, {"due": Evidenced.of([Fraction(pennies, 100)])}, ["lead"], [1])[1]
    left = balances(one.entries)
    assert sum(left.values()) == 0
    assert one.payable_minor == pennies == -left.get("commissioner", 0)
    assert one.passed_on_minor == pennies - left.get("lead", 0)
    shares = Fraction(sum(above), max(sum(above), 1) + 1)
    assert abs(one.passed_on_minor - pennies * shares) < len(above) + 1
    assert all(amount == 0 or (amount > 0) == (pennies > 0) for name, amount in left.items() if name != "commissioner")
