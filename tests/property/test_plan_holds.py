"""Any plan: slack and room are exactly how far a task may slip."""

from datetime import date, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from obc.domain.programme.gates.schedule import critical_path, schedule, slipped
from programme_samples import plan, task

START = date(2014, 1, 1)


@st.composite
def plans(draw):
    """Up to nine tasks, each waiting for some of those before it; the last of all is the gate."""
    lengths = draw(st.lists(st.integers(0, 20), min_size=1, max_size=8))
    tasks = []
    for i, length in enumerate(lengths):
        before = draw(st.sets(st.integers(0, i - 1), max_size=3)) if i else set()
        due = draw(st.none() | st.integers(-5, 60))
        day = None if due is None else START + timedelta(days=due)
        tasks.append(task(f"t{i}", length, *(f"t{one}" for one in sorted(before)), due=day))
    ends = draw(st.sets(st.sampled_from(range(len(lengths))), min_size=1))
    return plan(*tasks, task("decided", 0, *(f"t{one}" for one in sorted(ends)), gate="gate"))


def moves(held, name: str, days: int) -> int:
    """By how many days the gate moves if a task slips by so many."""
    return next((one.days for one in slipped(held, name, days) if one.task.id == "decided"), 0)


@given(plans())
def test_within_its_slack_a_task_moves_no_gate_and_beyond_it_does(held):
    before = schedule(held)
    needed = {one.id for one in held.towards("decided").tasks}
    for one in before:
        if one.task.id in needed - {"decided"}:
            assert one.slack >= 0
            assert moves(held, one.task.id, one.slack) == 0
            assert moves(held, one.task.id, one.slack + 1) == 1


BROKEN_BY_ANOTHER = plan(
    task("t0", 0), task("t1", 1), task("t2", 0, "t0", "t1", due=START), task("decided", 0, "t0", gate="gate")
)


@example(BROKEN_BY_ANOTHER)
@given(plans())
def test_within_its_room_a_task_breaks_no_promise_and_beyond_it_does(held):
    before = schedule(held)
    for one in before:
        if one.room is None or one.room < 0:
            continue
        kept = {each.task.id: each.late for each in slipped(held, one.task.id, one.room)} if one.room else {}
        assert not any(kept.values())
        # a promise that another task breaks already is not broken by this one too
        broken = [late for late in before if late.late and one.task in held.towards(late.task.id).tasks]
        assert broken or any(each.late for each in slipped(held, one.task.id, one.room + 1))


@given(plans())
def test_the_critical_path_leads_to_the_gate_without_a_gap(held):
    needed = {one.id for one in held.towards("decided").tasks}
    path = [one for one in critical_path(schedule(held)) if one.task.id in needed]
    assert path[0].begin == START and path[-1].task.id == "decided"
    ends = {one.end for one in path}
    assert all(one.begin in ends | {START} for one in path)
