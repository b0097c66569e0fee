"""The ranking of bidders, whatever weights and scores: order, monotony, and slack that ends where it is said."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from obc.domain.programme.procurement.ranking import rank
from obc.domain.programme.procurement.sensitivity import sensitivity
from procurement_samples import agreed, factors, passed, rules

FACTORS = ("care", "cost", "place")
BOTH = passed("east", "west")


@st.composite
def assessments(draw):
    parts = [draw(st.integers(1, 20)) for _ in FACTORS]
    weights = {name: str(Fraction(part, sum(parts))) for name, part in zip(FACTORS, parts, strict=True)}
    scores = {bidder: {name: draw(st.integers(0, 4)) for name in FACTORS} for bidder in ("east", "west")}
    return weights, scores


def ranked(weights, scores, **changed):
    return rank(rules(weights, **changed), factors(*FACTORS), agreed(scores), BOTH)


@given(assessments())
def test_the_order_of_bidders_changes_nothing(made):
    weights, scores = made
    own = rules(weights)
    turned = own.model_copy(update={"bidders": own.bidders[::-1]})
    there = {one.bidder: (one.place, one.total) for one in ranked(weights, scores).placed}
    back = rank(turned, factors(*FACTORS), agreed(scores), BOTH)
    assert {one.bidder: (one.place, one.total) for one in back.placed} == there


@given(assessments(), st.sampled_from(FACTORS))
def test_a_better_score_never_costs_a_place_or_a_point(made, name):
    weights, scores = made
    better = {**scores, "east": {**scores["east"], name: min(4, scores["east"][name] + 1)}}
    before, after = (next(o for o in ranked(weights, s).placed if o.bidder == "east") for s in (scores, better))
    assert after.total >= before.total
    assert after.place <= before.place


@given(assessments())
def test_points_add_up_to_the_total_and_stay_between_nothing_and_a_hundred(made):
    for one in ranked(*made).placed:
        assert sum(part.points for part in one.weighed) == one.total
        assert 0 <= one.total <= 100


@given(assessments())
def test_the_winner_stays_inside_its_slack_and_changes_past_its_ends(made):
    weights, scores = made
    found = sensitivity(rules(weights), factors(*FACTORS), agreed(scores), BOTH)
    if found is None:
        return
    for i, slack in enumerate(found.slack):
        assert 0 <= slack.from_ <= slack.weight <= slack.to <= 1
        inside = (slack.from_ + slack.weight * 3) / 4, (slack.to + slack.weight * 3) / 4
        expected = [(weight, found.winner) for weight in inside if 0 < weight < 1]
        if slack.below:
            expected.append((slack.from_ * Fraction(99, 100), slack.below))
        if slack.above:
            expected.append((slack.to + (1 - slack.to) / 100, slack.above))
        for weight, winner in expected:
            if not 0 < weight < 1:
                continue
            rest = (1 - weight) / (1 - slack.weight)
            moved = {one.factor: str(weight if j == i else one.weight * rest) for j, one in enumerate(found.slack)}
            again = ranked(moved, scores).winner
            assert again is not None
            assert again.bidder == winner
