"""The ranking: weighted shares of the best score, exact; and how far a weight or a score must move to change it."""

from fractions import Fraction

import pytest

from obc.domain.programme.procurement.ranking import rank
from obc.domain.programme.procurement.sensitivity import sensitivity
from procurement_samples import agreed, factors, passed, rules

BOTH = passed("east", "west")


def ranked(weights, scores, checks=BOTH, **changed):
    return rank(rules(weights, **changed), factors(*weights), agreed(scores), checks)


def test_totals_are_weighted_shares_of_the_best_score():
    found = ranked({"care": "60 %", "cost": "40 %"}, {"east": {"care": 3, "cost": 1}, "west": {"care": 2, "cost": 4}})
    assert [(one.bidder, one.place, one.total) for one in found.placed] == [
        ("west", 1, 60 * Fraction(2, 4) + 40),
        ("east", 2, 60 * Fraction(3, 4) + 40 * Fraction(1, 4)),
    ]
    assert found.winner.bidder == "west"


def test_a_third_is_a_third():
    found = ranked({"care": "1/3", "cost": "2/3"}, {"east": {"care": 4, "cost": 0}, "west": {"care": 0, "cost": 2}})
    assert [one.total for one in found.placed] == [Fraction(100, 3), Fraction(100, 3)]
    assert found.winner.bidder == "east"
    assert found.by_tie_break == "care"


def test_level_totals_are_parted_by_the_tie_break_and_then_by_nothing():
    level = {"east": {"care": 2, "cost": 2}, "west": {"care": 2, "cost": 2}}
    found = ranked({"care": "50 %", "cost": "50 %"}, level)
    assert (found.tied, found.winner) == (("east", "west"), None)
    assert [one.place for one in found.placed] == [1, 1]


@pytest.mark.parametrize(
    ("checks", "changed", "why"),
    [
        (passed("west", failed="east"), {}, "Able: looked up"),
        (BOTH, {"services": [{"id": "beds", "title": "Beds"}, {"id": "homes", "title": "Homes"}]}, "Homes"),
    ],
)
def test_no_score_makes_up_for_what_fails(checks, changed, why):
    best = {"east": {"care": 4, "cost": 4}, "west": {"care": 1, "cost": 1}}
    found = ranked({"care": "60 %", "cost": "40 %"}, best, checks, **changed)
    east = next(one for one in found.placed if one.bidder == "east")
    assert (east.place, east.total) == (None, 100)
    assert any(why in line for line in east.fails)


@pytest.mark.parametrize(("points", "fails"), [(1, True), (2, False)])
def test_a_score_below_the_least_that_is_asked_fails_the_bidder(points, fails):
    criteria = [
        {
            "factor": "care",
            "weight": "100 %",
            "questions": [{"id": "q-care", "asks": "care?", "scored by": ["ann", "ben"], "least": 2}],
        }
    ]
    own = rules({"care": "100 %"}, criteria=criteria)
    found = rank(own, factors("care"), agreed({"east": {"care": points}, "west": {"care": 3}}), BOTH)
    assert bool(found.placed[-1].fails) is fails


def test_a_bidder_without_every_score_has_no_place():
    found = ranked({"care": "60 %", "cost": "40 %"}, {"east": {"care": 3}, "west": {"care": 2, "cost": 2}})
    assert [(one.bidder, one.place, one.total) for one in found.placed] == [("west", 1, 50), ("east", None, None)]


# East is better on care, west on cost: they are level where care weighs exactly a half.
LEVEL_AT_A_HALF = {"east": {"care": 3, "cost": 1}, "west": {"care": 1, "cost": 3}}


@pytest.mark.parametrize(
    ("care", "winner", "ends"),
    [
        ("60 %", "east", (Fraction(1, 2), 1, "west", None)),
        ("40 %", "west", (0, Fraction(1, 2), None, "east")),
    ],
)
def test_how_far_a_weight_must_move_before_another_wins(care, winner, ends):
    weights = {"care": care, "cost": f"{100 - int(care[:2])} %"}
    found = sensitivity(rules(weights), factors(*weights), agreed(LEVEL_AT_A_HALF), BOTH)
    assert found.winner == winner
    slack = found.slack[0]
    assert (slack.from_, slack.to, slack.below, slack.above) == ends


def test_the_winner_changes_just_past_the_end_and_not_before():
    weights = {"care": "60 %", "cost": "25 %", "place": "15 %"}
    scores = {"east": {"care": 3, "cost": 1, "place": 1}, "west": {"care": 2, "cost": 3, "place": 2}}
    own = sensitivity(rules(weights), factors(*weights), agreed(scores), BOTH)
    first, end, tiny = own.winner, own.slack[0], Fraction(1, 10_000)
    turned = [(end.from_, -1, end.below), (end.to, 1, end.above)]
    assert any(who for _, _, who in turned)
    for at, side, who in turned:
        if who:
            for weight, winner in ((at - side * tiny, first), (at + side * tiny, who)):
                rest = (1 - weight) / Fraction(2, 5)
                moved = {"care": weight, "cost": rest / 4, "place": rest * Fraction(15, 100)}
                again = ranked({name: str(share) for name, share in moved.items()}, scores)
                assert again.winner.bidder == winner


def test_where_one_is_better_at_everything_no_weight_matters():
    weights = {"care": "60 %", "cost": "40 %"}
    scores = {"east": {"care": 4, "cost": 4}, "west": {"care": 1, "cost": 1}}
    found = sensitivity(rules(weights), factors(*weights), agreed(scores), BOTH)
    assert all((one.from_, one.to, one.below, one.above) == (0, 1, None, None) for one in found.slack)
    assert (found.steps, found.scores_tried) == ((), 6)


def test_every_single_step_of_a_score_is_tried():
    weights = {"care": "60 %", "cost": "40 %"}
    scores = {"east": {"care": 3, "cost": 2}, "west": {"care": 2, "cost": 3}}
    found = sensitivity(rules(weights), factors(*weights), agreed(scores), BOTH)
    assert found.scores_tried == 8
    assert {(one.bidder, one.question, one.to, one.winner) for one in found.steps} == {
        ("east", "q-care", 2, "west"),
        ("east", "q-cost", 1, "west"),
        ("west", "q-care", 3, "west"),
        ("west", "q-cost", 4, "west"),
    }


def test_nothing_is_said_of_a_ranking_with_one_bidder():
    weights = {"care": "60 %", "cost": "40 %"}
    alone = agreed({"east": {"care": 3, "cost": 2}})
    assert sensitivity(rules(weights), factors(*weights), alone, passed("east", failed="west")) is None
