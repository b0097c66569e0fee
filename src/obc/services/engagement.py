"""Engagement: the register as it stands, each act on it, and what gates may ask of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from obc.domain.core.kernel.people import Person
from obc.domain.core.kernel.problem import Problems, refusal
from obc.domain.outcomes.framework.framework import Framework, Outcome
from obc.domain.programme.engagement.coverage import coverage, uncovered
from obc.domain.programme.engagement.engagement_file import EngagementFile, unknown_outcomes
from obc.domain.programme.engagement.events import Event, cancelled, held
from obc.domain.programme.engagement.findings import Answer, Did, Finding, answered, reopened, told
from obc.domain.programme.engagement.heard import Heard, Standing, heard
from obc.domain.programme.engagement.statements import (
    AsWorded,
    Statement,
    Verdict,
    endorsed_in_full,
    holding,
    may_record,
    unendorsed,
    withdrawn,
)
from obc.domain.programme.gates.programme import PlannedContract
from obc.services.evidence import Gathered
from obc.services.register import Doing, Register

RECORDING = ("engagement lead", "programme manager", "clinical lead", "patient representative", "carer representative")
"""Who may add events and findings: those who asked, and those who speak for the people who were asked."""


@dataclass(frozen=True)
class Engagement:
    """The registers of one programme, and the contract (its id and framework) that they are about."""

    shown: str
    contract: str
    file: EngagementFile
    framework: Framework
    events: Register[Event]
    findings: Register[Finding]
    statements: Register[Statement]

    @property
    def outcomes(self) -> dict[str, str]:
        """The outcomes of the contract: title by id."""
        return {one.id: one.title for one in self.framework.outcomes}

    def endorses(self, outcome: Outcome) -> bool:
        """Whether every reference group that must stands behind an outcome in just these words, title and goal."""
        return endorsed_in_full(self.file.reference_groups, self.statements.records, outcome)

    @property
    def standing(self) -> Standing:
        """The file with its records as the trail left them."""
        return Standing(self.file, self.events.records, self.findings.records, self.statements.records)

    def heard(self, on: date) -> Heard:
        """The engagement on a day. Raises `Problems` where the file names outcomes that are nowhere."""
        problems = unknown_outcomes(self.file, self.shown, self.outcomes)
        if problems:
            raise Problems(problems)
        return heard(self.standing, self.framework, on)


def add_event(engagement: Engagement, event: Event, doing: Doing) -> Event:
    """A new event, planned or held. Raises `Problems`."""
    _may_record(f"event '{event.id}'", doing.by)
    _known("event", event.id, "groups", event.groups, [one.id for one in engagement.file.groups])
    if event.state == "held" and event.from_ > doing.at.date():
        raise refusal(
            f"event '{event.id}'", "state", f"held on {event.from_}, which is to come", "record it as planned"
        )
    return engagement.events.add(event, "record", doing)


def hold_event(engagement: Engagement, event: str, took_part: int | None, doing: Doing) -> Event:
    """An event was held. Raises `Problems`."""
    roles, today = doing.by.roles, doing.at.date()
    return engagement.events.change(event, "hold", doing, lambda one: held(one, took_part, roles, today))


def cancel_event(engagement: Engagement, event: str, doing: Doing) -> Event:
    """An event was called off. Raises `Problems`."""
    return engagement.events.change(event, "cancel", doing, lambda one: cancelled(one, doing.by.roles))


def add_finding(engagement: Engagement, finding: Finding, doing: Doing) -> Finding:
    """Something that was heard. Its answer comes later, so that it leaves a trace. Raises `Problems`."""
    _may_record(f"finding '{finding.id}'", doing.by)
    if finding.state != "open":
        raise refusal(f"finding '{finding.id}'", "state", f"'{finding.state}'", "record it open, then answer it")
    file, events = engagement.file, engagement.events.records
    _known("finding", finding.id, "said by", finding.said_by, [one.id for one in file.groups])
    _known("finding", finding.id, "heard at", finding.heard_at, [one.id for one in events if one.state == "held"])
    outcomes = [*engagement.outcomes, *(one.id for one in file.first_proposed)]
    _known("finding", finding.id, "about", finding.about, outcomes)
    return engagement.findings.add(finding, "record", doing)


def answer_finding(
    engagement: Engagement, finding: str, did: Did, says: str, where: str | None, source: str, doing: Doing
) -> Finding:
    """What became of a finding. 'changed' names what changed: an outcome's change that names it, or `where`."""
    named = {name for one in engagement.file.changes for name in one.because}
    if did == "changed" and where is None and finding not in named:
        expected = "name the finding in a change of engagement.yaml, or say with --where what changed"
        raise refusal(f"finding '{finding}'", "answer", "'changed', and nothing that did", expected)
    answer = Answer(did=did, says=says, on=doing.at.date(), where=where, source=source)
    return engagement.findings.change(finding, "answer", doing, lambda one: answered(one, answer, doing.by.roles))


def tell_back(engagement: Engagement, finding: str, how: str, doing: Doing) -> Finding:
    """Those who said it know what became of it. Raises `Problems`."""
    return engagement.findings.change(finding, "tell back", doing, lambda one: told(one, how, doing.by.roles))


def reopen_finding(engagement: Engagement, finding: str, doing: Doing) -> Finding:
    """The answer was none. Raises `Problems`."""
    return engagement.findings.change(finding, "reopen", doing, lambda one: reopened(one, doing.by.roles))


def record_statement(
    engagement: Engagement,
    statement: str,
    group: str,
    says: Verdict,
    outcomes: Sequence[str],
    reservations: str | None,
    source: str,
    doing: Doing,
    worded: Framework | None = None,
) -> Statement:
    """What a reference group said today of outcomes; none named: of all.

    In the words that they have in the contract, or, of a change that is proposed, in those of the framework `worded`.
    """
    before = {one.id: one for one in (worded or engagement.framework).outcomes}
    _known("statement", statement, "outcomes", outcomes, list(before))
    made = Statement(
        id=statement,
        group=group,
        on=doing.at.date(),
        says=says,
        of=tuple(
            AsWorded(outcome=name, title=before[name].title, goal=before[name].goal) for name in outcomes or before
        ),
        reservations=reservations,
        recorded_by=doing.by.id,
        source=source,
    )
    may_record(made, engagement.file.reference_groups, doing.by, doing.at.date())
    return engagement.statements.add(made, "record", doing)


def withdraw_statement(engagement: Engagement, statement: str, doing: Doing) -> Statement:
    """A statement taken back by the chair of its group. Raises `Problems`."""
    groups = engagement.file.reference_groups
    return engagement.statements.change(statement, "withdraw", doing, lambda one: withdrawn(one, groups, doing.by))


@dataclass(frozen=True)
class EngagementChecks:
    """What a gate may ask of the engagement; each is a `Check` of services/evidence.py."""

    engagement: Engagement

    def outcomes_endorsed(self, contract: PlannedContract, on: date) -> Gathered:
        """Whether every reference group that must stands behind every outcome, in the words it has."""
        return self._about(contract, on, self._endorsed)

    def findings_answered(self, contract: PlannedContract, on: date) -> Gathered:
        """Whether everything that was heard has an answer."""
        return self._about(contract, on, self._answered)

    def tiers_covered(self, contract: PlannedContract, on: date) -> Gathered:
        """Whether an outcome stands on every tier of the hierarchy."""
        return self._about(contract, on, self._covered)

    def _about(self, contract: PlannedContract, on: date, look: Callable[[date], Gathered]) -> Gathered:
        about = self.engagement.file.contract
        if contract.folder != about:
            return Gathered(False, f"{self.engagement.shown} is about {about}, not about {contract.id}")
        try:
            return look(on)
        except Problems as problems:
            return Gathered(False, str(problems.problems[0]))

    def _endorsed(self, on: date) -> Gathered:
        known = [one for one in self.engagement.statements.records if one.on <= on]
        against = unendorsed(self.engagement.file.reference_groups, known, self.engagement.framework.outcomes)
        if against:
            more = f"; and {len(against) - 1} more" if len(against) > 1 else ""
            return Gathered(False, f"{against[0].where}: {against[0].found}{more}")
        groups = self.engagement.file.reference_groups
        last = {holding(known, group.id, name) for group in groups for name in self.engagement.outcomes}
        reserved = sum(one is not None and one.says == "endorsed with reservations" for one in last)
        said = f"all {len(self.engagement.outcomes)} outcomes are endorsed"
        return Gathered(True, f"{said}; statements with reservations: {reserved}" if reserved else said)

    def _answered(self, on: date) -> Gathered:
        findings = self.engagement.findings.records
        waiting = [one.id for one in findings if one.answer is None or one.answer.on > on]
        if not findings or waiting:
            return Gathered(False, f"without an answer: {', '.join(waiting)}" if waiting else "nothing was heard")
        return Gathered(True, f"{len(findings)} of {len(findings)} findings have an answer")

    def _covered(self, on: date) -> Gathered:
        bare = [one.which for one in uncovered(coverage(self.engagement.framework.outcomes))]
        said = f"no outcome on {', '.join(bare)}" if bare else "every tier of the hierarchy has an outcome"
        return Gathered(not bare, said)


def _may_record(where: str, by: Person) -> None:
    if not set(by.roles) & set(RECORDING):
        found = f"{by.id}, who is {', '.join(by.roles) or 'nothing here'}"
        raise refusal(where, "record", found, f"it is for {' or '.join(RECORDING)} to do")


def _known(kind: str, record: str, key: str, named: Sequence[str], known: Sequence[str]) -> None:
    for name in named:
        if name not in known:
            raise refusal(f"{kind} '{record}'", key, f"'{name}'", f"name one of {', '.join(known) or 'none yet'}")
