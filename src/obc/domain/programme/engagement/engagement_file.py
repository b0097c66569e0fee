"""What `engagement.yaml` says: whom the programme asked, what it heard, what became of it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Self

from pydantic import Field, model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.people import Text
from obc.domain.core.kernel.problem import Problem, wrong
from obc.domain.programme.engagement.development import OutcomeChange, Proposed
from obc.domain.programme.engagement.events import Event, StakeholderGroup
from obc.domain.programme.engagement.findings import Finding
from obc.domain.programme.engagement.fitness import Criterion, Judged
from obc.domain.programme.engagement.national import Example, NationalFramework, Reference
from obc.domain.programme.engagement.preferences import Preferences
from obc.domain.programme.engagement.statements import ReferenceGroup, Statement

FILE = "engagement.yaml"


class EngagementFile(Written):
    """The register as the file brings it along. `contract`: the folder or worked contract whose outcomes these are."""

    contract: Text
    groups: tuple[StakeholderGroup, ...] = Field(min_length=1)
    events: tuple[Event, ...] = ()
    findings: tuple[Finding, ...] = ()
    first_proposed: tuple[Proposed, ...] = ()
    changes: tuple[OutcomeChange, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    judged: tuple[Judged, ...] = ()
    frameworks: tuple[NationalFramework, ...] = ()
    references: tuple[Reference, ...] = ()
    examples: tuple[Example, ...] = ()
    reference_groups: tuple[ReferenceGroup, ...] = ()
    statements: tuple[Statement, ...] = ()
    preferences: Preferences | None = None

    @model_validator(mode="after")
    def _sound(self) -> Self:
        for key, i, name in self._named_twice():
            raise wrong(f"'{name}' twice", "give each an id of its own", key, i)
        for key, i, name, known in self._strangers():
            raise wrong(f"'{name}', which is not listed", f"name one of {', '.join(known) or 'none yet'}", key, i)
        return self

    def _named_twice(self) -> Iterator[tuple[str, int, str]]:
        named: dict[str, list[str]] = {
            "groups": [one.id for one in self.groups],
            "events": [one.id for one in self.events],
            "findings": [one.id for one in self.findings],
            "first proposed": [one.id for one in self.first_proposed],
            "changes": [one.id for one in self.changes],
            "criteria": [one.id for one in self.criteria],
            "judged": [one.outcome for one in self.judged],
            "frameworks": [one.id for one in self.frameworks],
            "reference groups": [one.id for one in self.reference_groups],
            "statements": [one.id for one in self.statements],
        }
        for key, ids in named.items():
            for i, name in enumerate(ids):
                if name in ids[:i]:
                    yield key, i, name

    def _strangers(self) -> Iterator[tuple[str, int, str, list[str]]]:
        """Every name that leads nowhere within the file: key, position, name, and what there is."""
        groups, events = [one.id for one in self.groups], [one.id for one in self.events]
        findings, criteria = [one.id for one in self.findings], [one.id for one in self.criteria]
        panels, sets = [one.id for one in self.reference_groups], [one.id for one in self.frameworks]
        domains = [domain.id for one in self.frameworks for domain in one.domains]
        ballots = self.preferences.ballots if self.preferences else ()
        named: tuple[tuple[str, Iterable[tuple[int, Iterable[str]]], list[str]], ...] = (
            ("events", ((i, one.groups) for i, one in enumerate(self.events)), groups),
            ("findings", ((i, one.heard_at) for i, one in enumerate(self.findings)), events),
            ("findings", ((i, one.said_by) for i, one in enumerate(self.findings)), groups),
            ("changes", ((i, one.because) for i, one in enumerate(self.changes)), findings),
            ("judged", ((i, (*one.meets, *one.partly, *one.fails)) for i, one in enumerate(self.judged)), criteria),
            ("references", ((i, (one.framework,)) for i, one in enumerate(self.references)), sets),
            ("references", ((i, one.domains) for i, one in enumerate(self.references)), domains),
            ("statements", ((i, (one.group,)) for i, one in enumerate(self.statements)), panels),
            ("preferences", ((i, (one.group,)) for i, one in enumerate(ballots)), groups),
        )
        for key, rows, known in named:
            for i, names in rows:
                for name in names:
                    if name not in known:
                        yield key, i, name, known


def unknown_outcomes(file: EngagementFile, shown: str, outcomes: Mapping[str, str]) -> tuple[Problem, ...]:
    """Every place of the file that names an outcome which neither the contract has (title by id) nor was proposed."""
    proposed = {one.id for one in file.first_proposed}
    ballots = file.preferences.named() if file.preferences else ()
    named: list[tuple[str, str, bool]] = [
        *((f"findings / {one.id}", name, True) for one in file.findings for name in one.about),
        *((f"judged / {one.outcome}", one.outcome, False) for one in file.judged),
        *((f"references / {one.at}", one.outcome, False) for one in file.references),
        *((f"examples / {one.place}", one.outcome, False) for one in file.examples),
        *((f"statements / {one.id}", worded.outcome, False) for one in file.statements for worded in one.of),
        *((f"preferences / ballots / {i + 1}", name, False) for i, name in ballots),
    ]
    expected = f"the contract has {', '.join(outcomes)}"
    return tuple(
        Problem(file=shown, where=where, found=f"an outcome '{name}'", expected=expected)
        for where, name, also_proposed in named
        if name not in outcomes and not (also_proposed and name in proposed)
    )
