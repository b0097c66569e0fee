"""What `change.yaml` says, and how the change stands: checklist, communications, questions, benefits, equality."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Text
from obc.domain.core.kernel.problem import wrong
from obc.domain.programme.engagement.asked import Asked, unpublished
from obc.domain.programme.engagement.benefits import Benefit, Tracked, not_coming, tracked
from obc.domain.programme.engagement.checklist import Item, overdue_items
from obc.domain.programme.engagement.communications import Message, late_messages
from obc.domain.programme.engagement.events import Side
from obc.domain.programme.engagement.missing import Missing

FILE = "change.yaml"


class Effect(Written):
    """What the change may do to people who share a protected characteristic, and what is done about it."""

    characteristic: Text
    effect: Literal["better", "worse", "none found", "not known"]
    says: Text
    done: Text | None = None
    source: Text


class EqualityAnalysis(Written):
    """Whether an equality analysis was made (Equality Act 2010, section 149), when, and what it found."""

    state: Literal["made", "not made", "not applicable"]
    on: date | None = None
    says: Text
    effects: tuple[Effect, ...] = ()
    source: Text

    @model_validator(mode="after")
    def _made(self) -> Self:
        if (self.state == "made") != bool(self.on and self.effects):
            raise wrong(
                f"'{self.state}'", "with 'made' give its day and the effects; otherwise leave both out", "state"
            )
        return self


class Paper(Written):
    """What a paper for a board says that no figure can: purpose, recommendation, and who stands behind it."""

    purpose: Text
    recommends: tuple[Text, ...] = Field(min_length=1)
    author: Slug
    clinical_lead: Slug
    source: Text


class ChangeFile(Written):
    """The register of the change as the file brings it along."""

    answer_within: int = Field(default=20, ge=1, description="days in which a question gets a published answer")
    checklist: tuple[Item, ...] = ()
    messages: tuple[Message, ...] = ()
    questions: tuple[Asked, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    equality: EqualityAnalysis
    paper: Paper

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        for key, i, name in self._named_twice():
            raise wrong(f"'{name}' twice", "give each an id of its own", key, i, "id")
        return self

    def _named_twice(self) -> Iterator[tuple[str, int, str]]:
        named = {
            "checklist": [one.id for one in self.checklist],
            "messages": [one.id for one in self.messages],
            "questions": [one.id for one in self.questions],
            "benefits": [one.id for one in self.benefits],
        }
        for key, ids in named.items():
            for i, name in enumerate(ids):
                if name in ids[:i]:
                    yield key, i, name

    def named(self) -> Iterator[tuple[str, str]]:
        """Every person that the file names, and where."""
        for key, records in (("checklist", self.checklist), ("messages", self.messages), ("benefits", self.benefits)):
            for one in records:
                yield f"{key} / {one.id}", one.owner
        for asked in self.questions:
            if asked.answered_by:
                yield f"questions / {asked.id}", asked.answered_by
        yield "paper / author", self.paper.author
        yield "paper / clinical lead", self.paper.clinical_lead


@dataclass(frozen=True)
class ChangeRecords:
    """The file, with the records that actions change as they stand now."""

    file: ChangeFile
    checklist: tuple[Item, ...]
    messages: tuple[Message, ...]
    questions: tuple[Asked, ...]
    benefits: tuple[Benefit, ...]


class Readiness(BaseModel):
    """How ready people are for the change on a day, and what is missing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    on: date
    checklist: tuple[Item, ...]
    messages: tuple[Message, ...]
    questions: tuple[Asked, ...]
    benefits: tuple[Tracked, ...]
    equality: EqualityAnalysis
    missing: tuple[Missing, ...]


def readiness(records: ChangeRecords, sides: Mapping[str, Side], on: date) -> Readiness:
    """The change as it stands on a day. `sides`: whose view each stakeholder group is."""
    found = tuple(tracked(one, on) for one in records.benefits)
    return Readiness(
        on=on,
        checklist=records.checklist,
        messages=records.messages,
        questions=records.questions,
        benefits=found,
        equality=records.file.equality,
        missing=(
            *overdue_items(records.checklist, on),
            *late_messages(records.messages, sides, on),
            *unpublished(records.questions, records.file.answer_within, on),
            *not_coming(found, on),
            *_unequal(records.file.equality),
        ),
    )


def _unequal(equality: EqualityAnalysis) -> Iterator[Missing]:
    if equality.state == "not made":
        yield Missing(what="an equality analysis", which="the change", says=equality.says)
    for one in equality.effects:
        if one.effect in ("worse", "not known") and one.done is None:
            said = f"{one.effect}: {one.says}; nothing is said to be done about it"
            yield Missing(what="an answer to an effect", which=one.characteristic, says=said)
