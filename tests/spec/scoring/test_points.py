"""From levels to points: the phase-in of the business case, its bonus, and what cannot be scored."""

from fractions import Fraction

import pytest

from obc.domain.core.kernel.provenance import Evidence
from scoring_samples import BONUS, POINTS, levels, scored, seven, value

GOOD, IMPROVED, EXCELLENT, NONE = 50, 60, 70, 49
WITH_DATA = ("timely-access", "role", "accommodation")


@pytest.mark.parametrize(
    ("reached", "points", "level"),
    [(NONE, 0, "below good"), (GOOD, 28, "good"), (IMPROVED, 50, "improved"), (EXCELLENT, 100, "excellent")],
)
def test_year_2_pays_28_50_and_with_the_bonus_100_points(reached, points, level):
    card = levels(seven(), {"all": reached})
    assert card.points_available == 100
    assert card.points_earned == points
    assert {outcome.level for outcome in card.outcomes} == {level}


@pytest.mark.parametrize(("reached", "points"), [(NONE, 0), (GOOD, 9), (IMPROVED, 18), (EXCELLENT, 40)])
def test_year_1_pays_9_18_and_40_points_over_the_outcomes_with_data(reached, points):
    card = levels(seven(WITH_DATA), {"all": reached}, year=1)
    assert card.points_available == 40
    assert card.points_earned == points
    paying = {outcome.id: outcome.points_available for outcome in card.outcomes if outcome.pays}
    assert paying == {"timely-access": 10, "role": 20, "accommodation": 10}
    assert not card.additional


def test_an_outcome_of_p_points_earns_its_part_of_the_level():
    card = levels(seven(), {"all": NONE, "role": GOOD, "carers": IMPROVED, "live-longer": EXCELLENT})
    earned = {outcome.id: outcome.points_earned for outcome in card.outcomes if outcome.points_earned}
    assert earned == {"role": Fraction(20 * 28, 90), "carers": Fraction(15 * 50, 90), "live-longer": 5}
    assert card.points_earned == sum(earned.values())


def test_the_bonus_needs_every_outcome_at_full_points():
    short = levels(seven(), {"all": EXCELLENT, "role": IMPROVED})
    assert not short.additional[0].reached
    assert short.points_earned == 90 - 20 + Fraction(20 * 50, 90)
    full = levels(seven(), {"all": EXCELLENT})
    assert full.additional[0].reached
    assert full.additional[0].points_earned == 10


def test_an_outcome_that_cannot_be_scored_is_excluded_and_the_bonus_waits():
    card = levels(seven(), {"all": EXCELLENT, "carers": None})
    carers = next(outcome for outcome in card.outcomes if outcome.id == "carers")
    assert (carers.level, carers.points_available, carers.points_earned) == ("not scored", 0, 0)
    assert carers.evidence is Evidence.MISSING
    assert card.points_earned == 90
    assert (card.additional[0].points_earned, card.additional[0].evidence) == (0, Evidence.MISSING)


def test_the_bonus_does_not_wait_where_another_outcome_has_missed_it():
    card = levels(seven(), {"all": EXCELLENT, "carers": None, "role": GOOD})
    assert (card.additional[0].reached, card.additional[0].evidence) == (False, Evidence.FINAL)


def test_or_it_is_lost_where_the_framework_says_so():
    card = levels(seven(more=BONUS + "unscored outcomes: lost"), {"all": EXCELLENT, "carers": None})
    assert card.points_available == 100
    assert card.points_earned == 75


def test_where_nothing_can_be_scored_nothing_is_known():
    card = levels(seven(), {"all": None})
    assert card.evidence is Evidence.MISSING
    assert (card.points_available, card.points_earned) == (10, 0)


def test_an_outcome_that_does_not_pay_yet_is_shown_all_the_same():
    card = levels(seven(WITH_DATA), {"all": EXCELLENT}, year=1)
    carers = next(outcome for outcome in card.outcomes if outcome.id == "carers")
    assert (carers.level, carers.points_available, carers.pays) == ("excellent", 0, False)


def test_an_outcome_may_stop_paying():
    used = seven()
    last = used.outcomes[0].model_copy(update={"pays_until": 2})
    used = used.model_copy(update={"outcomes": (last, *used.outcomes[1:])})
    assert levels(used, {"all": EXCELLENT}).outcomes[0].pays
    assert not levels(used, {"all": EXCELLENT}, year=3).outcomes[0].pays


COLLECT = """
additional:
  - id: complete-data
    title: Complete data
    points: 20
    from: year 1
    until: year 1
    when: {indicator: completeness, at least: 90 %}
    source: illustrative
"""


@pytest.mark.parametrize(("complete", "points"), [("90", 20), ("89.9", 0), (None, 0)])
def test_a_first_year_may_pay_for_collecting_data(complete, points):
    """No outcome pays yet: the points for complete data do not depend on any."""
    card = scored(seven(more=COLLECT), [value("completeness", complete)], year=1)
    assert card.points_available == 20
    assert card.points_earned == points
    assert card.evidence is (Evidence.FINAL if complete else Evidence.MISSING)
    assert not levels(seven(more=COLLECT), {"all": GOOD}).additional


def test_a_condition_that_is_agreed_for_later_is_not_due_yet():
    later = COLLECT.replace("at least: 90 %", "at least: [{value: 90 %, from: year 2}]")
    card = scored(seven(more=later), [value("completeness", 95)], year=1)
    assert (card.additional[0].points_earned, card.additional[0].evidence) == (0, Evidence.NOT_DUE)


def test_a_year_before_the_first_has_no_levels():
    with pytest.raises(ValueError, match="no level shares for year 0"):
        levels(seven(), {"all": GOOD}, year=0)


def test_a_bonus_in_a_year_in_which_nothing_pays_is_not_due():
    later = BONUS.replace("from: year 2", "from: year 1")
    card = levels(seven(more=later), {"all": EXCELLENT}, year=1)
    assert (card.additional[0].points_earned, card.additional[0].evidence) == (0, Evidence.NOT_DUE)


def test_the_scorecard_is_numbers_for_people_and_exact_text_in_a_document():
    card = levels(seven(), {"all": NONE, "role": GOOD})
    row = next(outcome for outcome in card.model_dump(mode="json")["outcomes"] if outcome["id"] == "role")
    assert (row["points_available"], row["points_earned"]) == (20, 6.2222222222)
    assert isinstance(row["points_available"], int)
    exact = next(outcome for outcome in card.model_dump()["outcomes"] if outcome["id"] == "role")
    assert exact["points_earned"] == "56/9"
    assert sum(POINTS.values()) == 90


def test_a_scorecard_never_changes():
    card = levels(seven(), {"all": GOOD})
    with pytest.raises(ValueError, match="frozen"):
        card.points_earned = 100
    with pytest.raises(ValueError, match="Extra inputs"):
        type(card).model_validate(card.model_dump() | {"more": 1})
