"""Reference groups and their dated statements: who stands behind the outcomes, in which words, and who does not."""

from collections.abc import Sequence
from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Person, Text
from obc.domain.core.kernel.problem import Problem, refusal, wrong
from obc.domain.core.kernel.states import Machine, Move
from obc.domain.outcomes.framework.framework import Outcome

Verdict = Literal["endorsed", "endorsed with reservations", "not endorsed"]
StatementState = Literal["standing", "withdrawn"]

STATEMENT = Machine(
    name="the statement",
    first="standing",
    moves={"standing": {"withdraw": Move("withdrawn", ("reference group chair", "expert group chair"))}},
)
"""A statement stands from the day it is recorded. A later one of the same group takes its place by its date."""


class ReferenceGroup(Written):
    """People who were asked to judge the outcomes. `must endorse`: without its statement no outcome passes a gate."""

    id: Slug
    title: Text
    remit: Text
    made_up_of: tuple[Text, ...] = Field(min_length=1)
    since: Text
    chair: Slug
    must_endorse: bool = False
    source: Text


class AsWorded(Written):
    """An outcome in the words that the group had before it: a statement holds for these words only.

    `goal`: where the group had it before it too; older statements name titles alone.
    """

    outcome: Slug
    title: Text
    goal: Text | None = None


class Statement(Written):
    """What a reference group said of outcomes on a day. Only its chair records it."""

    id: Slug
    group: Slug
    on: date
    says: Verdict
    of: tuple[AsWorded, ...] = Field(min_length=1)
    reservations: Text | None = Field(default=None, description="in the group's words; also why it does not endorse")
    state: StatementState = "standing"
    recorded_by: Slug
    source: Text

    @model_validator(mode="after")
    def _with_reasons(self) -> Self:
        if (self.says == "endorsed") != (self.reservations is None):
            told = "with reservations" if self.reservations else "without its reasons"
            raise wrong(f"'{self.says}' {told}", "write reservations where there are some, and only there", "says")
        return self

    def words(self, outcome: str) -> AsWorded | None:
        """The words in which it speaks of an outcome; None where it does not."""
        return next((one for one in self.of if one.outcome == outcome), None)


def may_record(statement: Statement, groups: Sequence[ReferenceGroup], by: Person, today: date) -> None:
    """Refuse a statement of a group that is not there, by somebody who does not chair it, or of a day to come."""
    where = f"statement '{statement.id}'"
    group = next((one for one in groups if one.id == statement.group), None)
    if group is None:
        known = ", ".join(one.id for one in groups) or "none: list them first"
        raise refusal(where, "group", f"a group '{statement.group}'", f"there is {known}")
    if by.id != group.chair or statement.recorded_by != by.id:
        found = f"recorded by {by.id}"
        raise refusal(where, "recorded by", found, f"a statement is its chair's to record: {group.chair}")
    if statement.on > today:
        raise refusal(where, "on", f"the {statement.on}, which is to come", "record it once the group has made it")


def withdrawn(statement: Statement, groups: Sequence[ReferenceGroup], by: Person) -> Statement:
    """The statement taken back by the chair of its group. Raises `Problems`."""
    state = STATEMENT.after(statement.state, "withdraw", by.roles, f"statement '{statement.id}'")
    if by.id not in [group.chair for group in groups if group.id == statement.group]:
        raise refusal(f"statement '{statement.id}'", "withdraw", f"{by.id}", "it is for the chair of its group to do")
    return Statement.model_validate(statement.model_dump() | {"state": state})


def holding(statements: Sequence[Statement], group: str, outcome: str) -> Statement | None:
    """The last standing statement of a group about an outcome; of two of one day, the later in the register."""
    about = [one for one in statements if (one.group, one.state) == (group, "standing") and one.words(outcome)]
    return max(about, key=lambda one: one.on, default=None)


def unendorsed(
    groups: Sequence[ReferenceGroup], statements: Sequence[Statement], outcomes: Sequence[Outcome]
) -> tuple[Problem, ...]:
    """Why outcomes pass no gate: one problem for each group and outcome that stands in the way.

    An outcome passes where every group that must endorse has a standing statement about it, in the words it has now,
    that does not say 'not endorsed', and no other group's last word is 'not endorsed'. Nobody to endorse: none passes.
    """
    if not any(group.must_endorse for group in groups):
        found = "no group that must endorse the outcomes"
        return (Problem(file=_FILE, where="reference groups", found=found, expected="say which: 'must endorse: yes'"),)
    return tuple(
        Problem(file=_FILE, where=f"outcome '{outcome.id}'", found=against[0], expected=against[1])
        for outcome in outcomes
        for group in groups
        if (against := _against(group, holding(statements, group.id, outcome.id), outcome))
    )


def endorsed_in_full(groups: Sequence[ReferenceGroup], statements: Sequence[Statement], outcome: Outcome) -> bool:
    """Whether an outcome passes, and every group that must had its goal before it as well as its title.

    What a variation needs that moves an outcome within the term.
    """
    if unendorsed(groups, statements, (outcome,)):
        return False
    held = [holding(statements, group.id, outcome.id) for group in groups if group.must_endorse]
    worded = [one.words(outcome.id) for one in held if one]
    return all(one is not None and one.goal == outcome.goal for one in worded)


_FILE = "engagement.yaml"


def _against(group: ReferenceGroup, last: Statement | None, outcome: Outcome) -> tuple[str, str] | None:
    worded = last.words(outcome.id) if last else None
    if last is None or worded is None:
        if not group.must_endorse:
            return None
        return f"no statement of the {group.title}", "ask for one: no outcome passes a gate without it"
    if last.says == "not endorsed":
        return f"'not endorsed' by the {group.title} on {last.on}: {last.reservations}", "change it, and ask them again"
    for now, then in ((outcome.title, worded.title), (outcome.goal, worded.goal or outcome.goal)):
        if group.must_endorse and now != then:
            found = f"'{now}', where the {group.title} had '{then}' before it on {last.on}"
            return found, "ask again: they spoke of other words"
    return None
