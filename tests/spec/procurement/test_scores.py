"""Scores: who may give them, and that none stands without evidence, an anchor and a reason."""

import pytest

from obc.domain.programme.procurement.procedure import MODERATION, PREPARED, RANKED, SCORING, Procedure
from obc.domain.programme.procurement.scores import (
    Checked,
    Moderated,
    checked,
    moderated,
    scored,
    unmoderated,
    unscored,
)
from procurement_samples import agreed, passed, person, refused, rules, score

ANN, BEN = person("ann", "assessor"), person("ben", "assessor")
MOD, LEAD = person("mod", "procurement lead"), person("lee", "procurement lead")
OPEN, CLOSED = Procedure(state=SCORING), Procedure(state=MODERATION)


def test_an_assessor_scores_alone_with_evidence_and_a_reason():
    given = score("east", "care", "ann", 3)
    assert scored(rules(), OPEN, ANN, given, passed("east", "west")) == given


@pytest.mark.parametrize("state", [PREPARED, MODERATION, RANKED])
def test_nobody_scores_before_the_criteria_are_out_or_after_scoring_has_closed(state):
    said = refused(scored, rules(), Procedure(state=state), ANN, score("east", "care", "ann", 3), [])
    assert f"'score' while it is {state}" in said


@pytest.mark.parametrize(
    ("assessor", "says"),
    [
        (person("ann", "assessor", interest="east"), "declared an interest in east"),
        (person("ann", "assessor", interest="east-trust"), "declared an interest in east-trust"),
        (person("ann", "assessor", organisation="east-trust"), "works for east-trust"),
        (person("ann", "assessor", interest="west-trust"), "declared an interest in west-trust"),
    ],
)
def test_an_interest_in_any_bidder_keeps_an_assessor_from_scoring_every_bidder(assessor, says):
    assert says in refused(scored, rules(), OPEN, assessor, score("east", "care", "ann", 3), [])


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"points": 5}, "5, which has no anchor; give one of 0, 1, 2, 3, 4"),
        ({"evidence": "  "}, "say where in the offer of East it stands"),
        ({"because": " "}, "no reason"),
    ],
)
def test_a_score_has_an_anchor_evidence_and_a_reason(changed, says):
    points = changed.pop("points", 3)
    assert says in refused(scored, rules(), OPEN, ANN, score("east", "care", "ann", points, **changed), [])


def test_somebody_who_is_not_asked_does_not_score():
    cat = person("cat", "assessor")
    assert "scored by ann, ben" in refused(scored, rules(), OPEN, cat, score("east", "care", "cat", 3), [])


def test_a_bidder_that_failed_an_item_is_not_scored():
    said = refused(scored, rules(), OPEN, ANN, score("west", "care", "ann", 3), passed("east", failed="west"))
    assert "a bidder that failed 'able'" in said


BOTH = [score("east", "care", "ann", 2), score("east", "care", "ben", 3)]


@pytest.mark.parametrize(
    ("points", "because", "accepted"),
    [
        (2, "agreed", True),
        (3, "agreed", True),
        (4, "agreed", False),
        (1, "agreed", False),
        (4, "the panel found results on page nine that both missed", True),
    ],
)
def test_moderation_outside_what_was_given_needs_a_longer_reason(points, because, accepted):
    given = Moderated(bidder="east", question="q-care", score=points, because=because)
    if accepted:
        assert moderated(rules(), CLOSED, MOD, given, BOTH) == given
    else:
        assert "say in 8 words or more" in refused(moderated, rules(), CLOSED, MOD, given, BOTH)


def test_moderation_waits_for_every_assessor_and_is_done_by_the_moderator():
    given = Moderated(bidder="east", question="q-care", score=2, because="agreed")
    assert "no score by ben" in refused(moderated, rules(), CLOSED, MOD, given, BOTH[:1])
    assert "'mod' moderates" in refused(moderated, rules(), CLOSED, LEAD, given, BOTH)
    blank = given.model_copy(update={"because": " "})
    assert "say what the panel agreed on" in refused(moderated, rules(), CLOSED, MOD, blank, BOTH)
    conflicted = person("mod", "procurement lead", interest="west")
    assert "interest in west" in refused(moderated, rules(), CLOSED, conflicted, given, BOTH)


def test_a_check_names_what_shows_it():
    fine = Checked(bidder="east", item="able", result="pass", evidence="register")
    assert checked(rules(), OPEN, LEAD, fine) == fine
    assert "evidence" in refused(checked, rules(), OPEN, LEAD, fine.model_copy(update={"evidence": " "}))
    assert "no item 'tall'" in refused(checked, rules(), OPEN, LEAD, fine.model_copy(update={"item": "tall"}))


def test_what_is_missing_before_scoring_closes_is_listed_at_once():
    scores = [score("east", name, who, 2) for name in ("care", "cost") for who in ("ann", "ben")][:-1]
    lacking = [str(one) for one in unscored(rules(), scores, passed("east"))]
    assert [line.split(": found ")[0].removeprefix("assessment: ") for line in lacking] == [
        "east, q-cost",
        "west, able",
        "west, q-care",
        "west, q-care",
        "west, q-cost",
        "west, q-cost",
    ]
    assert list(unscored(rules(), [*scores, score("east", "cost", "ben", 2)], passed("east", failed="west"))) == []


def test_bidders_that_failed_need_no_moderation():
    done = agreed({"east": {"care": 2, "cost": 2}})
    assert len(list(unmoderated(rules(), done, passed("east", "west")))) == 2
    assert list(unmoderated(rules(), done, passed("east", failed="west"))) == []
