"""Examples that others published, each written as a small contract: no scheme needs code of its own."""

import pytest

from obc.domain.money.payment.evaluation import evaluate
from obc.domain.outcomes.scoring.evidenced import Evidenced
from payment_samples import fractions, mechanism


def _paid(steps, **inputs):
    """What the last of the steps comes to; underscores in names are spaces."""
    given = {name.replace("_", " "): Evidenced.of(v if isinstance(v, list) else [v]) for name, v in inputs.items()}
    names = ", ".join(f"{{input: {name}}}" for name in given)
    lines = [line.strip() for line in steps.strip().splitlines()]
    body = "\n".join(f"  - {{{line}, source: published}}" for line in lines)
    last = lines[-1].removeprefix("step: ").split(",")[0]
    made = mechanism(
        f"inputs: [{names}]\nsteps:\n{body}\n  - {{step: paid, settle: {last}, reason: r, round: half up}}"
    )
    done = evaluate(made, given, 1)[last]
    return [done[i] for i in range(len(done))]


LOSSES = [0, 10, 20, 30, 40, 50, 60]


@pytest.mark.parametrize(
    ("rule", "steps", "expected"),
    [
        (
            "deductible, then limit",
            """step: beyond, curve: loss, shape: marginal, points: [[15, 1]]
            step: due, curve: beyond, at most: 30""",
            ["0", "0", "5", "15", "25", "30", "30"],
        ),
        (
            "deductible, attachment, limit and share",
            """step: layer, curve: loss, shape: marginal, points: [[25, 1]]
            step: limited, curve: layer, at most: 30
            step: due, scale: limited, by: [50 %]""",
            ["0", "0", "0", "2.5", "7.5", "12.5", "15"],
        ),
        (
            "franchise: nothing below, from the first unit above",
            """step: counted, hurdle: all, of: [loss is above 15], then: loss, missing: fails
            step: due, curve: counted, at most: 30""",
            ["0", "0", "20", "30", "30", "30", "30"],
        ),
        (
            "deductible only",
            "step: due, curve: loss, shape: marginal, points: [[15, 1]]",
            ["0", "0", "5", "15", "25", "35", "45"],
        ),
        ("limit only", "step: due, curve: loss, at most: 30", ["0", "10", "20", "30", "30", "30", "30"]),
        (
            "deductible, then a limit in proportion",
            """step: beyond, curve: loss, shape: marginal, points: [[15, 1]]
            step: limit, scale: loss, by: [60 %]
            step: due, curve: beyond, at most: limit""",
            ["0", "0", "5", "15", "24", "30", "36"],
        ),
        (
            "deductible in proportion",
            "step: due, scale: loss, by: [75 %]",
            ["0", "7.5", "15", "22.5", "30", "37.5", "45"],
        ),
        (
            "deductible in proportion, attachment, limit and share",
            """step: net, scale: loss, by: [75 %]
            step: layer, curve: net, shape: marginal, points: [[10, 1]]
            step: limited, curve: layer, at most: 25
            step: due, scale: limited, by: [50 %]""",
            ["0", "0", "2.5", "6.25", "10", "12.5", "12.5"],
        ),
        (
            "reverse franchise: only up to a size",
            "step: due, hurdle: all, of: [loss is at most 25], then: loss, missing: fails",
            ["0", "10", "20", "0", "0", "0", "0"],
        ),
        (
            "deductible in proportion, then limit",
            """step: net, scale: loss, by: [75 %]
            step: due, curve: net, at most: 30""",
            ["0", "7.5", "15", "22.5", "30", "30", "30"],
        ),
        (
            "deductible, attachment and share, no limit",
            """step: layer, curve: loss, shape: marginal, points: [[25, 1]]
            step: due, scale: layer, by: [50 %]""",
            ["0", "0", "0", "2.5", "7.5", "12.5", "17.5"],
        ),
    ],
    ids=lambda given: given if isinstance(given, str) and ":" not in given else None,
)
def test_layers_of_loss(rule, steps, expected):
    """Rules 1, 2, 3, 12, 14, 15, 16, 17, 20, 33 and 34 of the Oasis loss modelling framework's test sheets."""
    assert _paid(steps, loss=LOSSES) == fractions(expected)


SHARED = """step: gain, compare: actual, with: target, by: difference, better: lower
step: shared, scale: gain, by: [up], losses by: [down]
step: bounded, curve: shared, at least: stop
step: due, combine: [actual, bounded], as: sum, unscored: excluded"""


@pytest.mark.parametrize(
    ("target", "up", "down", "stop", "paid"),
    [
        (2_400_000, 1, 1, "-1_000_000_000", 2_400_000),
        (3_000_000, "50 %", 1, "-1_000_000_000", 2_700_000),
        (2_000_000, 1, "50 %", "-1_000_000_000", 2_200_000),
        (2_000_000, 1, "50 %", "-100_000", 2_300_000),
    ],
)
def test_cost_and_a_share_of_the_difference(target, up, down, stop, paid):
    """Shared savings with a stop-loss (vingkan/valuequest, tests)."""
    assert _paid(SHARED, actual=2_400_000, target=target, up=up, down=down, stop=stop) == [paid]


@pytest.mark.parametrize(
    ("test", "threshold", "bonus", "value", "paid"),
    [
        ("is at least", "0.7", 1700, "0.8", 17_000),
        ("is at least", "0.7", 1700, "0.7", 17_000),
        ("is at least", "0.7", 1700, "0.69", 0),
        ("is at most", "0.25", 3400, "0.1", 34_000),
        ("is at most", "0.25", 3400, "0.25", 34_000),
        ("is at most", "0.25", 3400, "0.26", 0),
    ],
)
def test_a_bonus_at_a_threshold(test, threshold, bonus, value, paid):
    """Inclusive on both sides (vingkan/valuequest, tests)."""
    steps = f"""step: passed, hurdle: all, of: [value {test} {threshold}], missing: withholds
    step: due, scale: passed, by: [members, {bonus}]"""
    assert _paid(steps, value=value, members=10) == [paid]


@pytest.mark.parametrize(("reached", "score"), [("0.49", "0"), ("0.5", "0"), ("0.75", "0.5"), ("1", "1"), ("1.2", "1")])
def test_a_gap_to_a_goal_pays_from_half_way(reached, score):
    """MassHealth: nothing below half of the target reduction, all at the target."""
    steps = """step: closed, compare: value, with: start, by: gap closed, goal: goal
    step: due, curve: closed, shape: linear, points: [[50 %, 0], [100 %, 1]]"""
    value = 100 - 20 * fractions([reached])[0]
    assert _paid(steps, value=value, start=100, goal=80) == fractions([score])


def test_improvement_is_rounded_after_the_subtraction():
    """MassHealth: 58.17 − 54.54 = 3.63, rounded to 3.6, is above the target of 2.1: five points."""
    steps = """step: gained, compare: now, with: before, by: difference
    step: rounded, round: gained, places: 1, mode: half up
    step: due, hurdle: all, of: [rounded is at least 2.1], then: 5, missing: withholds"""
    assert _paid(steps, now="58.17", before="54.54") == [5]


@pytest.mark.parametrize(("scores", "percent"), [(("1.5", 5, 20), "32.5"), (("17.3", 5, 20), "100")])
def test_a_domain_is_capped(scores, percent):
    """MassHealth: achievement and improvement over the points to be had, at most 100 %."""
    achievement, improvement, possible = scores
    steps = """step: sum, combine: [achievement, improvement], as: sum, unscored: excluded
    step: share, compare: sum, with: possible, by: ratio
    step: due, curve: share, at most: 1"""
    found = _paid(steps, achievement=achievement, improvement=improvement, possible=possible)
    assert found == [fractions([percent])[0] / 100]


@pytest.mark.parametrize(
    ("saved", "share"), [("10 %", "0.1"), ("25 %", "0.25"), ("30 %", "0.275"), ("-30 %", "-0.275"), ("60 %", "0.3475")]
)
def test_bands_of_savings_and_losses(saved, share):
    """ACO REACH: 100, 50, 25 and 10 % of the savings or losses in bands of the benchmark, both ways."""
    steps = (
        "step: due, curve: saved, shape: marginal, both ways: yes,"
        " points: [[0, 100 %], [25 %, 50 %], [35 %, 25 %], [50 %, 10 %]]"
    )
    assert _paid(steps, saved=saved) == fractions([share])


def test_a_decile_is_read_between_its_ends():
    """MIPS: 26 % in the fourth decile from 24 to 36 % is 4.1667 points, weighing 60 %: 2.5."""
    steps = """step: points, curve: performance, shape: linear, points: [[24 %, 4], [36 %, 5]]
    step: due, scale: points, by: [60 %]"""
    assert _paid(steps, performance="26 %") == fractions(["2.5"])


def test_a_weighted_capitation_and_its_distance():
    """Eastern Cheshire in 2013/14: target 237,285, distance −7.58 % (thousands of pounds)."""
    steps = """step: target, scale: weighted population, by: [1.13541]
    step: due, compare: allocation, with: target, by: relative change"""
    assert abs(_paid(steps, weighted_population=208_986, allocation=219_307)[0] + fractions(["7.58 %"])[0]) < 1e-4


def test_a_withheld_share_comes_back_by_the_score():
    """Hospital value-based purchasing: 2 % withheld, a score of 50 and a slope of 2 give back 2 %."""
    steps = """step: incentive, scale: score, by: [2 %, 1/100, 2]
    step: change, compare: incentive, with: 2 %, by: difference
    step: due, combine: [1, change], as: sum, unscored: excluded"""
    assert _paid(steps, score=50) == [1]


def test_an_additive_need_weight():
    """A risk score of demographic and condition terms: 1.314 (CMS-HCC, hccpy README)."""
    steps = "step: due, combine: [a, b, c, d, e], as: sum, unscored: lost"
    assert _paid(steps, a="0.379", b="0.323", c="0.14", d="0.318", e="0.154") == fractions(["1.314"])
