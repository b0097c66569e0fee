"""The scorecard says what is known, and nothing more."""

from decimal import Decimal

import pytest
from pydantic import ValidationError

from scoring_samples import levels, one, scored, seven, value

HOUSED = "- {id: housed, thresholds: {good: 50 %, improved: 60 %, excellent: 70 %}, source: test}"


def test_what_cannot_be_scored_has_reached_no_threshold():
    card = scored(one(HOUSED), [value("housed", None)])
    (row,) = card.outcomes[0].indicators
    assert (row.level, row.threshold, row.share, row.points_earned) == ("not scored", None, None, 0)


def test_a_bonus_that_cannot_be_judged_earns_nothing():
    card = levels(seven(), {"all": None})
    assert [(extra.points_earned, extra.reached) for extra in card.additional] == [(0, False)]


def test_a_scorecard_never_changes():
    card = scored(one(HOUSED), [value("housed", 55)])
    with pytest.raises(ValidationError, match="frozen"):
        card.points_earned = 100


@pytest.mark.parametrize(("numerator", "written"), [("550", 550), ("550.0", 550), ("550.5", 550.5)])
def test_counts_are_plain_numbers_in_json(numerator, written):
    card = scored(one(HOUSED), [value("housed", 55, numerator=Decimal(numerator))])
    found = card.model_dump(mode="json")["outcomes"][0]["indicators"][0]
    assert (found["numerator"], type(found["numerator"])) == (written, type(written))
