"""What a plan's last gate hangs on, by how much each task may slip, and what moves if one does."""

from datetime import date

import pytest

from obc.domain.programme.gates.schedule import critical_path, schedule, slipped, with_decisions
from programme_samples import DAY, gate, plan, task

#  a (5) ── b (10) ── d (2) ── gate
#     └──── c (4) ────┘
WORK = plan(
    task("a", 5),
    task("b", 10, "a"),
    task("c", 4, "a", due=date(2014, 1, 20)),
    task("d", 2, "b", "c"),
    task("decided", 0, "d", gate="second", due=date(2014, 1, 20)),
    task("after", 30, "decided"),
    task("aside", 3, "a"),
)


@pytest.mark.parametrize(
    ("name", "begin", "last_day", "slack", "room"),
    [
        ("a", "2014-01-01", "2014-01-05", 0, 2),
        ("b", "2014-01-06", "2014-01-15", 0, 2),
        ("c", "2014-01-06", "2014-01-09", 6, 8),
        ("d", "2014-01-16", "2014-01-17", 0, 2),
        ("decided", "2014-01-18", "2014-01-18", 0, 2),
        ("after", "2014-01-18", "2014-02-16", 0, None),
        ("aside", "2014-01-06", "2014-01-08", 39, None),
    ],
)
def test_days_slack_and_room(name, begin, last_day, slack, room):
    """Slack: until the gate moves. Room: until a promise breaks (the gate and c are promised for 20 January)."""
    found = next(one for one in schedule(WORK) if one.task.id == name)
    assert (str(found.begin), str(found.last_day), found.slack, found.room) == (begin, last_day, slack, room)


def test_the_critical_path_is_what_has_no_slack():
    assert [one.task.id for one in critical_path(schedule(WORK))] == ["a", "b", "d", "decided", "after"]


@pytest.mark.parametrize(
    ("name", "days", "moved"),
    [
        ("c", 6, {"c": 6}),
        ("c", 7, {"c": 7, "d": 1, "decided": 1, "after": 1}),
        ("b", 3, {"b": 3, "d": 3, "decided": 3, "after": 3}),
        ("after", 1, {"after": 1}),
        ("aside", 100, {"aside": 100}),
    ],
)
def test_what_moves_if_a_task_slips(name, days, moved):
    found = slipped(WORK, name, days)
    assert {one.task.id: one.days for one in found} == moved and found[0].task.id == name


def test_a_slip_beyond_the_room_breaks_a_promise():
    assert [one.late for one in slipped(WORK, "b", 2)] == [0, 0, 0, 0]
    assert {one.task.id: one.late for one in slipped(WORK, "b", 3)}["decided"] == 1


def test_what_is_not_begun_does_not_begin_in_the_past():
    held = {one.task.id: one for one in schedule(WORK, date(2014, 1, 11))}
    assert held["a"].begin == date(2014, 1, 11) and held["decided"].late == 8


def test_what_is_done_counts_as_it_was():
    early = task("a", 5, begun=date(2014, 1, 1), done=date(2014, 1, 3))
    held = schedule(plan(early, *WORK.tasks[1:]))
    assert held[0].last_day == date(2014, 1, 3) and held[1].begin == date(2014, 1, 4) and not held[0].critical


def test_what_has_begun_and_is_not_done_ends_today_at_the_earliest():
    held = schedule(plan(task("a", 5, begun=date(2014, 1, 1)), *WORK.tasks[1:]), date(2014, 1, 10))
    assert held[0].end == date(2014, 1, 10) and held[1].begin == date(2014, 1, 10)


def test_only_what_a_task_waits_for():
    assert [one.id for one in WORK.towards("d").tasks] == ["a", "b", "c", "d"]


def test_a_passed_gate_is_the_day_on_which_it_was_passed():
    passed = gate(state="passed", decision={"says": "go", "by": "chair", "on": DAY, "because": "good"})
    held = {one.id: one.done for one in with_decisions(WORK, [passed]).tasks}
    assert held["decided"] == DAY and held["d"] is None


def test_what_waited_for_a_dropped_task_waits_for_what_that_waited_for():
    dropped = plan(*(one.model_copy(update={"superseded": one.id in ("b", "d")}) for one in WORK.tasks))
    assert {one.id: one.after for one in dropped.live.tasks}["decided"] == ("a", "c")
