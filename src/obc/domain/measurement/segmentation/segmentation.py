"""Segmentation: who a contract is for, and with whom each person is compared. Rules as data, in order.

Every person has, on every day of life, one answer: the first scope rule that holds says in, later or out, and for
those who are in the first segment that holds is theirs. The last rule of each list holds for everybody, so nobody
is lost and nobody is counted twice.
"""

from datetime import date
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.problem import wrong
from obc.domain.measurement.indicators.values import ALL
from obc.domain.measurement.segmentation.facts import Facts, Leaf, leaves

Status = Literal["in", "later", "out"]
"""in: the contract is for these people now. later: it may be once the parties agree. out: it is not."""


class _Rule(BaseModel):
    """One step of an ordered list. Between `from` and `until`, both included, it counts; elsewhere it is skipped."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    id: Slug
    title: str
    when: Facts = ()
    from_: date | None = Field(default=None, alias="from")
    until: date | None = None
    source: str

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.from_ and self.until and self.until < self.from_:
            raise wrong(f"from {self.from_} until {self.until}", "write the earlier day first")
        return self

    def in_force(self, day: date) -> bool:
        """Whether the rule counts on the day."""
        return not (self.from_ and day < self.from_) and not (self.until and day > self.until)

    @property
    def for_everybody(self) -> bool:
        """Whether it holds for everybody, always."""
        return not (self.when or self.from_ or self.until)


class ScopeRule(_Rule):
    """Whether the contract is for the people of whom this holds, and why."""

    status: Status
    reason: str


class SegmentRule(_Rule):
    """People with similar needs, whose outcomes are measured together."""


class Segmentation(BaseModel):
    """Scope and segments. Without scope rules everybody is in."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    id: Slug
    title: str
    why: str
    scope: tuple[ScopeRule, ...] = ()
    segments: tuple[SegmentRule, ...] = Field(min_length=1)
    source: str
    owner: str
    review_by: date = Field(alias="review by")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        _check("scope", self.scope)
        _check("segments", self.segments)
        return self

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """All different facts that the rules ask of the records, in a fixed order."""
        rules: tuple[ScopeRule | SegmentRule, ...] = (*self.scope, *self.segments)
        return tuple(dict.fromkeys(leaf for rule in rules for fact in rule.when for leaf in leaves(fact)))

    @property
    def tables(self) -> frozenset[str]:
        """The logical tables that the rules read. One that an extract lacks says no to everything asked of it."""
        return frozenset(leaf.table for leaf in self.leaves)


def _check(name: str, rules: tuple[ScopeRule, ...] | tuple[SegmentRule, ...]) -> None:
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise wrong(f"'{rule.id}' twice in {name}", "give every rule its own id")
        seen.add(rule.id)
    if ALL in seen:
        raise wrong(f"the id '{ALL}' in {name}", f"'{ALL}' stands for the contract as a whole; choose another")
    for rule in rules[:-1]:
        if rule.for_everybody:
            raise wrong(f"'{rule.id}' holds for everybody, before others in {name}", "move it to the end")
    if rules and not rules[-1].for_everybody:
        raise wrong(f"{name} ends with a condition", "end with a rule without 'when', 'from' and 'until' for the rest")
