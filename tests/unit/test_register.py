"""A register: what is changed leaves a line; what could not be read back, or is nowhere, leaves none."""

import pytest

from obc.domain.core.kernel.problem import Problems
from obc.domain.programme.risks.risk import Risk
from obc.loaders.trail_folder import TrailFolder
from obc.services.register import Doing, Register
from programme_samples import DIRECTOR, NOON, risk

DOING = Doing(DIRECTOR, NOON, "as agreed")


@pytest.fixture
def held(tmp_path) -> Register[Risk]:
    return Register("risk", Risk, (risk(),), TrailFolder(tmp_path / "trail"))


def refused(act, *given) -> str:
    with pytest.raises(Problems) as problems:
        act(*given)
    return str(problems.value)


def test_what_is_changed_stands_from_then_on(held):
    held.change("delay", "rename", DOING, lambda one: one.model_copy(update={"title": "Later"}))
    assert held.named("delay").title == "Later" and held.written[0].title == "It is late"
    held.add(risk(id="second"), "raise", DOING)
    assert [one.id for one in held.records] == ["delay", "second"] and len(held.trail.read()) == 2


@pytest.mark.parametrize(
    ("update", "words"),
    [
        ({"title": ""}, "at least 1 character; mend title"),
        ({"state": "closed"}, "'closed' without 'closed'"),
        ({"title": "It is late"}, "no change"),
    ],
)
def test_what_could_not_be_read_back_leaves_no_line(held, update, words):
    assert words in refused(held.change, "delay", "spoil", DOING, lambda one: one.model_copy(update=update))
    assert held.trail.read() == ()


def test_an_id_is_there_and_given_once(held):
    assert "one that is nowhere; there is delay" in refused(held.change, "x", "rename", DOING, lambda one: one)
    assert "one that is taken" in refused(held.add, risk(), "raise", DOING)


def test_of_two_who_act_at_once_the_second_is_told_to_look_again(held):
    def meanwhile(one: Risk) -> Risk:
        held.change("delay", "rename", DOING, lambda same: same.model_copy(update={"title": "First"}))
        return one.model_copy(update={"title": "Second"})

    assert "done by somebody else meanwhile; look again" in refused(held.change, "delay", "rename", DOING, meanwhile)
    assert held.named("delay").title == "First"
