"""No outcome passes a gate without a dated statement of those who were to judge it, in the words it has now."""

from datetime import date

import pytest

from engagement_samples import DAY, outcome, panel, statement
from obc.domain.programme.engagement.statements import endorsed_in_full, unendorsed

HOME = outcome("home", "A home")
LATER = date(2027, 5, 1)


@pytest.mark.parametrize(
    ("statements", "against"),
    [
        ((), "no statement of the panel"),
        ((statement(home="A home"),), None),
        ((statement("endorsed with reservations", home="A home"),), None),
        ((statement("not endorsed", home="A home"),), "'not endorsed' by the panel on 2027-04-01: because"),
        ((statement(home="An independent home"),), "'A home', where the panel had 'An independent home'"),
        ((statement(role="A role"),), "no statement of the panel"),
        ((statement(home="A home"), statement("not endorsed", LATER, home="A home")), "'not endorsed' by the panel"),
        ((statement("not endorsed", home="A home"), statement(on=LATER, home="A home")), None),
        ((statement(home="A home").model_copy(update={"state": "withdrawn"}),), "no statement of the panel"),
    ],
)
def test_the_last_standing_word_of_the_group_counts(statements, against):
    found = unendorsed((panel(),), statements, (HOME,))
    assert [one.found.startswith(against or "") for one in found] == ([True] if against else [])


def test_every_group_that_must_has_its_own_word():
    groups = (panel(), panel("experts"))
    found = unendorsed(groups, (statement(home="A home"),), (HOME,))
    assert [one.found for one in found] == ["no statement of the experts"]


def test_a_group_that_need_not_speak_can_still_stand_in_the_way():
    groups = (panel(), panel("board", must=False))
    endorsed = statement(home="A home")
    assert unendorsed(groups, (endorsed,), (HOME,)) == ()
    against = unendorsed(groups, (endorsed, statement("not endorsed", DAY, "board", home="A home")), (HOME,))
    assert [one.where for one in against] == ["outcome 'home'"]


def test_where_nobody_must_endorse_nothing_passes():
    (found,) = unendorsed((panel(must=False),), (statement(home="A home"),), (HOME,))
    assert found.found == "no group that must endorse the outcomes"


def test_a_goal_that_the_group_had_before_it_counts_too():
    def had(goal: str | None):
        one = statement(home="A home")
        worded = one.of[0].model_copy(update={"goal": goal})
        return (one.model_copy(update={"of": (worded,)}),)

    assert unendorsed((panel(),), had("people gain"), (HOME,)) == ()
    assert unendorsed((panel(),), had("people stay"), (HOME,))[0].found.startswith("'people gain', where the panel")
    assert endorsed_in_full((panel(),), had("people gain"), HOME)
    assert not endorsed_in_full((panel(),), had(None), HOME)  # a title alone is enough for a gate, not for a variation
    assert not endorsed_in_full((panel(),), had("people stay"), HOME)
