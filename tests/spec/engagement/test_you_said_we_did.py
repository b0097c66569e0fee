"""From what was heard to what changed: nothing comes or goes without a reason, and everybody gets an answer."""

import pytest

from engagement_samples import change, finding, proposed
from obc.domain.programme.engagement.development import development, untraced

NOW = {"role": "A role that matters", "access": "Timely access"}
WAY = (change("wider", "paid-work", "role", "more-than-work"), change("new", None, "access", "waits"))
HEARD = (finding("more-than-work", "changed"), finding("waits", "changed", "expert advice"))


def test_each_outcome_is_adapted_removed_new_or_kept():
    first = proposed("paid-work", "goals", "role")
    way = (*WAY, change("dropped", "goals", None, "waits"))
    found = development(first, way, HEARD, NOW)
    assert [(step.change, step.became, step.heard) for step in found.steps] == [
        ("wider", "adapted", True),
        ("new", "new", False),  # experts alone
        ("dropped", "removed", False),
    ]
    kept = development(first, (change("same", "role", "role"),), (), {"role": "role"})
    assert kept.steps[0].became == "kept"


def left_open(first, way, heard):
    return {(one.what, one.which) for one in untraced(first, way, heard, NOW)}


def test_a_way_that_names_what_was_heard_leaves_only_people_to_be_told():
    # what experts advised need not be told back
    assert left_open(proposed("paid-work"), WAY, HEARD) == {("telling people", "more-than-work")}


@pytest.mark.parametrize(
    ("first", "way", "heard", "missing"),
    [
        (("paid-work", "goals"), WAY, HEARD, ("the way of an outcome first proposed", "goals")),
        (("paid-work",), WAY[:1], HEARD[:1], ("the way of an outcome of the contract", "access")),
        (("paid-work",), (*WAY, WAY[0]), HEARD, ("the way of an outcome of the contract", "role")),
        ((), WAY, HEARD, ("an outcome first proposed", "paid-work")),
        (("paid-work",), (change("wider", "paid-work", "role"), WAY[1]), HEARD, ("a reason for a change", "wider")),
        (("paid-work",), WAY, (*HEARD, finding("money")), ("an answer", "money")),
        (("paid-work",), WAY, (*HEARD, finding("money", "changed")), ("what changed", "money")),
    ],
)
def test_an_open_end_is_named(first, way, heard, missing):
    assert missing in left_open(proposed(*first), way, heard)


def test_a_change_that_is_no_outcome_says_where():
    elsewhere = finding("quality", "changed", where="the quality schedule")
    assert ("what changed", "quality") not in left_open(proposed("paid-work"), WAY, (*HEARD, elsewhere))
