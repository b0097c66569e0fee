"""What a plan and a handover refuse, with the reason."""

from datetime import date

import pytest
from pydantic import ValidationError

from obc.domain.core.kernel.problem import Problems
from obc.domain.programme.gates.handover import stated
from obc.domain.programme.gates.plan import begun, dropped, finished, replanned
from obc.domain.programme.gates.programme import Handover, PlannedContract, Side
from obc.domain.programme.gates.schedule import schedule, slipped
from programme_samples import DAY, DIRECTOR, person, plan, task

ANN = person("ann", "analyst")


def refused(act, *given) -> str:
    with pytest.raises(Problems) as problems:
        act(*given)
    return str(problems.value)


@pytest.mark.parametrize(
    ("tasks", "words"),
    [
        ((task("a", 1, "b"), task("b", 1, "a")), "tasks that wait for each other: 'a', 'b'"),
        ((task("a", 1, "a"),), "tasks that wait for each other: 'a'"),
        ((task("a", 1), task("a", 2)), "'a' twice"),
        ((task("a", 1, "z"),), "'z', which is nowhere"),
    ],
)
def test_plans_that_cannot_be_done(tasks, words):
    with pytest.raises(ValidationError, match=words):
        plan(*tasks)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"done": "2014-01-02"}, "done, and never begun"),
        ({"begun": "2014-01-03", "done": "2014-01-02"}, "done on 2014-01-02, begun on 2014-01-03"),
    ],
)
def test_tasks_out_of_time(given, words):
    with pytest.raises(ValidationError, match=words):
        task("a", 1, **given)


def test_a_first_task_needs_a_day():
    held = plan(task("a", 1, not_before=None), task("b", 1, "a"))
    assert "the task 'a': found no day to begin on" in refused(schedule, held)


def test_only_its_owner_or_who_runs_the_programme_says_how_a_task_goes():
    assert "ann, who does not own it; it is for director, or a programme director" in refused(
        begun, task("a", 1), ANN, DAY
    )
    assert begun(task("a", 1, owner="ann"), ANN, DAY).begun == DAY
    assert finished(task("a", 1), DIRECTOR, DAY).begun == DAY


def test_what_is_done_is_done():
    held = finished(begun(task("a", 1), DIRECTOR, DAY), DIRECTOR, DAY)
    assert "'begin' while it is done" in refused(begun, held, DIRECTOR, DAY)
    assert "'replan' while it is done; plan another task" in refused(replanned, held, DIRECTOR, 3, None, None)
    assert "what is done slips no more" in refused(slipped, plan(held), "a", 1)


def test_nothing_is_finished_before_it_began():
    held = begun(task("a", 1), DIRECTOR, DAY)
    assert "before it began; write 2014-01-31 or later" in refused(finished, held, DIRECTOR, date(2014, 1, 1))


def test_replanning_changes_what_is_given_and_no_more():
    held = replanned(task("a", 1, due=DAY), DIRECTOR, 9, None, None)
    assert (held.days, held.due) == (9, DAY)
    assert "'supersede' by somebody who is analyst" in refused(dropped, task("a", 1), ANN)


def test_a_task_that_is_nowhere():
    for look in (lambda: slipped(plan(task("a", 1)), "z", 1), lambda: plan(task("a", 1)).towards("z")):
        assert "'z', which is nowhere; there is a" in refused(look)


GIVER = Side(contract="one", groups=("x",), amount=5, source="test")
HANDOVER = Handover(id="x", what="X", giver=GIVER, taker=Side(contract="two", groups=("x",), source="test"))
CONTRACTS = {
    name: PlannedContract(id=name, title=name, for_="all", manager="ann", source="test") for name in ("one", "two")
}


def test_only_the_manager_of_a_side_speaks_for_it():
    words = refused(stated, HANDOVER, CONTRACTS, DIRECTOR, "two", 5, None, DAY)
    assert "director, who does not manage 'two'; it is for ann to say" in words
    assert "'three', which is neither; write one or two" in refused(
        stated, HANDOVER, CONTRACTS, ANN, "three", 5, None, DAY
    )
    held = stated(HANDOVER, CONTRACTS, ANN, "two", 5, ("x", "y"), DAY)
    assert (held.taker.amount, held.taker.groups, held.taker.stated, held.giver) == (5, ("x", "y"), DAY, GIVER)
