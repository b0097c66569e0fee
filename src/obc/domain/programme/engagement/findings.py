"""Findings: what was heard; the answer to each; and that those who said it were told."""

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Text
from obc.domain.core.kernel.problem import refusal, wrong
from obc.domain.core.kernel.states import Machine, Move

Basis = Literal["heard", "expert advice", "method"]
"""Where a finding comes from: people at an event, experts who were asked, or a recognised method."""

Did = Literal["changed", "kept", "later", "not done"]
"""What became of a finding. `kept`: it confirmed what was there already."""

FindingState = Literal["open", "answered", "told back"]

FINDING = Machine(
    name="the finding",
    first="open",
    moves={
        "open": {"answer": Move("answered", ("engagement lead", "programme manager", "clinical lead"))},
        "answered": {
            "tell back": Move("told back", ("engagement lead", "communications lead")),
            "reopen": Move("open", ("engagement lead", "patient representative", "carer representative")),
        },
        "told back": {"reopen": Move("open", ("engagement lead", "patient representative", "carer representative"))},
    },
)
"""The way of a finding. Patient and carer representatives can reopen it, so that no answer is the last word."""


class Answer(Written):
    """What was done about a finding. `where` names what changed, where that is no outcome."""

    did: Did
    says: Text
    on: date
    where: Text | None = None
    source: Text


class Finding(Written):
    """Something that was said, in the register's own words. `about`: outcomes, as first proposed or as they are now."""

    id: Slug
    says: Text
    basis: Basis = "heard"
    heard_at: tuple[Slug, ...] = Field(min_length=1)
    said_by: tuple[Slug, ...] = ()
    about: tuple[Slug, ...] = ()
    state: FindingState = "open"
    answer: Answer | None = None
    told_back: Text | None = Field(default=None, description="how and when those who said it were told")
    source: Text

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.basis == "heard" and not self.said_by:
            raise wrong("a finding that was heard, from nobody", "name the groups who said it", "said by")
        if (self.answer is None) != (self.state == "open"):
            told = "an answer" if self.answer else "no answer"
            raise wrong(f"'{self.state}' with {told}", "a finding is open until it has an answer", "state")
        if (self.told_back is None) == (self.state == "told back"):
            raise wrong(f"'{self.state}'", "say how people were told, in the state 'told back' only", "told back")
        return self


def answered(finding: Finding, answer: Answer, roles: tuple[str, ...]) -> Finding:
    """The finding with its answer. Raises `Problems`."""
    state = FINDING.after(finding.state, "answer", roles, f"finding '{finding.id}'")
    return Finding.model_validate(finding.model_dump() | {"state": state, "answer": answer.model_dump()})


def told(finding: Finding, how: str, roles: tuple[str, ...]) -> Finding:
    """The finding once those who said it know what became of it. Raises `Problems`."""
    state = FINDING.after(finding.state, "tell back", roles, f"finding '{finding.id}'")
    if not how.strip():
        raise refusal(f"finding '{finding.id}'", "tell back", "no word of how", "say how they were told")
    return Finding.model_validate(finding.model_dump() | {"state": state, "told back": how})


def reopened(finding: Finding, roles: tuple[str, ...]) -> Finding:
    """The finding without its answer, which stays in the trail. Raises `Problems`."""
    state = FINDING.after(finding.state, "reopen", roles, f"finding '{finding.id}'")
    return Finding.model_validate(finding.model_dump() | {"state": state, "answer": None, "told back": None})
