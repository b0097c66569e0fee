"""You said, we did: how the outcomes first proposed became those of the contract, and what was heard behind it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Text
from obc.domain.programme.engagement.findings import Finding
from obc.domain.programme.engagement.missing import Missing

Became = Literal["kept", "adapted", "removed", "new"]


class Proposed(Written):
    """An outcome as it was first proposed."""

    id: Slug
    title: Text
    source: Text


class OutcomeChange(Written):
    """One outcome on its way: `from` what was proposed (none: it is new) `to` what it is now (none: removed)."""

    id: Slug
    from_: Slug | None = None
    to: Slug | None = None
    because: tuple[Slug, ...] = Field(default=(), description="the findings behind it")
    why: Text
    on: date
    source: Text


class Step(BaseModel):
    """One change with its titles. `heard`: somebody at an event stands behind it, not method or experts alone."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    change: str
    became: Became
    before: str | None
    after: str | None
    because: tuple[str, ...]
    heard: bool
    why: str
    source: str


class Development(BaseModel):
    """How the outcomes came about: the steps, and how many of each kind."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    proposed: int
    now: int
    counts: tuple[tuple[Became, int], ...]
    steps: tuple[Step, ...]


def development(
    proposed: Sequence[Proposed],
    changes: Sequence[OutcomeChange],
    findings: Sequence[Finding],
    outcomes: Mapping[str, str],
) -> Development:
    """The trace from the outcomes first proposed to those of the contract (`outcomes`: title by id)."""
    titles = {one.id: one.title for one in proposed}
    heard = {one.id for one in findings if one.basis == "heard"}
    steps = tuple(
        Step(
            change=one.id,
            became=_became(one, titles, outcomes),
            before=titles.get(one.from_ or ""),
            after=outcomes.get(one.to or ""),
            because=one.because,
            heard=bool(heard & set(one.because)),
            why=one.why,
            source=one.source,
        )
        for one in changes
    )
    kinds: tuple[Became, ...] = ("kept", "adapted", "removed", "new")
    counts = tuple((kind, sum(step.became == kind for step in steps)) for kind in kinds)
    return Development(proposed=len(proposed), now=len(outcomes), counts=counts, steps=steps)


def _became(change: OutcomeChange, before: Mapping[str, str], after: Mapping[str, str]) -> Became:
    if change.from_ is None:
        return "new"
    if change.to is None:
        return "removed"
    return "kept" if before.get(change.from_) == after.get(change.to) else "adapted"


def untraced(
    proposed: Sequence[Proposed],
    changes: Sequence[OutcomeChange],
    findings: Sequence[Finding],
    outcomes: Mapping[str, str],
) -> tuple[Missing, ...]:
    """What the trace leaves open: outcomes that came or went unexplained, changes that rest on nothing heard,
    findings without an answer, and answers that say 'changed' where nothing did."""
    return (
        *_unexplained("first proposed", [one.id for one in proposed], [one.from_ for one in changes]),
        *_unexplained("of the contract", list(outcomes), [one.to for one in changes]),
        *(
            Missing(what="a reason for a change", which=one.id, says="it names nothing that was heard; name findings")
            for one in changes
            if not one.because
        ),
        *_unanswered(changes, findings),
    )


def _unexplained(which: str, there: Sequence[str], named: Sequence[str | None]) -> Iterable[Missing]:
    for outcome in there:
        times = named.count(outcome)
        if times != 1:
            said = "no change says what became of it" if not times else f"{times} changes speak of it; one must"
            yield Missing(what=f"the way of an outcome {which}", which=outcome, says=said)
    for name in dict.fromkeys(one for one in named if one is not None and one not in there):
        yield Missing(what=f"an outcome {which}", which=name, says="a change names it, and it is not there")


def _unanswered(changes: Sequence[OutcomeChange], findings: Sequence[Finding]) -> Iterable[Missing]:
    behind = {name for one in changes for name in one.because}
    for finding in findings:
        if finding.answer is None:
            yield Missing(what="an answer", which=finding.id, says="it was heard and nobody has said what became of it")
        elif finding.answer.did == "changed" and finding.id not in behind and finding.answer.where is None:
            said = "the answer says 'changed', and no change of outcomes names it; say under 'where' what changed"
            yield Missing(what="what changed", which=finding.id, says=said)
        elif finding.state == "answered" and finding.basis == "heard":
            yield Missing(what="telling people", which=finding.id, says="it is answered; those who said it do not know")
