"""Who sees which scores: assessors score blind, and rivals see none at any time."""

import pytest

from obc.domain.programme.procurement.procedure import Procedure
from obc.domain.programme.procurement.scores import Checked
from obc.domain.programme.procurement.sight import left, seen, sight, to_score
from procurement_samples import person, rules, score

GIVEN = [score("east", "care", "ann", 3), score("east", "care", "ben", 1)]
PEOPLE = {
    "ann": person("ann", "assessor"),
    "mod": person("mod", "procurement lead"),
    "dee": person("dee", "accountable officer"),
    "board": person("board", "governing body member"),
    "clerk": person("clerk", "analyst"),
    "rival": person("rival", "provider lead", organisation="west-trust"),
    "owner": person("owner", "governing body member", interest="east-trust"),
    "nobody": None,
}


@pytest.mark.parametrize(
    ("state", "ann", "mod", "dee", "board", "clerk", "rival", "owner", "nobody"),
    [
        ("being prepared", *(["own"] + ["nothing"] * 7)),
        ("scoring", *(["own"] + ["nothing"] * 7)),
        ("moderation", *(["panel"] * 4 + ["nothing"] * 4)),
        ("standstill", *(["panel"] * 4 + ["nothing"] * 4)),
        ("awarded", *(["panel"] * 4 + ["nothing"] * 4)),
    ],
)
def test_what_each_sees_as_the_assessment_goes_on(state, ann, mod, dee, board, clerk, rival, owner, nobody):
    course = Procedure(state=state)
    expected = {"ann": ann, "mod": mod, "dee": dee, "board": board, "clerk": clerk, "rival": rival, "owner": owner}
    expected["nobody"] = nobody
    assert {name: sight(rules(), course, by) for name, by in PEOPLE.items()} == expected


@pytest.mark.parametrize(("may", "of"), [("nothing", []), ("own", ["ann"]), ("panel", ["ann", "ben"])])
def test_an_assessor_sees_own_scores_and_no_others(may, of):
    assert [one.by for one in seen(GIVEN, may, PEOPLE["ann"])] == of


def test_an_assessor_is_asked_for_every_answer_of_bidders_that_have_not_failed():
    failed = Checked.model_validate({"bidder": "west", "item": "able", "result": "fail", "evidence": "e"})
    course = Procedure(state="scoring")
    asked = to_score(rules(), course, PEOPLE["ann"], [])
    assert asked == ("east/q-care", "east/q-cost", "west/q-care", "west/q-cost")
    assert to_score(rules(), course, PEOPLE["ann"], [failed]) == asked[:2]
    assert to_score(rules(), course, PEOPLE["mod"], []) == ()
    assert to_score(rules(), Procedure(state="moderation"), PEOPLE["ann"], []) == ()


def test_what_is_left_is_a_number_and_no_score():
    assert left(rules(), GIVEN, [], []) == (2 + 8 - 2, 4)
