"""The rules of an assessment: who bids, what they are judged by, and who judges. Published before anybody scores."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Self, TypeVar

from pydantic import Field, model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.money import Currency
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Text
from obc.domain.core.kernel.period import Period
from obc.domain.core.kernel.problem import Problem, Problems, refusal, wrong
from obc.domain.core.kernel.rate import Exact
from obc.domain.programme.procurement.bidders import Bidder, Service, unknown_coverage
from obc.domain.programme.procurement.criteria import (
    Anchor,
    Criterion,
    Factors,
    Found,
    Item,
    Question,
    unsound_anchors,
    unsound_criteria,
)

LONGEST = 80
"""Letters of a record's name (`Slug`)."""


def record_id(*parts: str) -> str:
    """What a score or a check is called: whose, on what, by whom."""
    return "-".join(parts)


class Buyer(Written):
    """Who buys, as it is published."""

    id: Slug
    name: Text


class Offered(Written):
    """What is bought: title, lifetime value in whole major units, first day and last, and its code."""

    id: Slug
    title: Text
    summary: Text
    value: Exact = Field(gt=0)
    currency: Currency
    starts: date
    ends: date
    code: Text = Field(description="the most relevant code of the Common Procurement Vocabulary")
    code_means: Text
    source: Text

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.ends <= self.starts:
            raise wrong(f"an end on {self.ends}", f"name a day after {self.starts}", "ends")
        if self.value.denominator != 1:
            raise wrong(f"{self.value}", "write the value to the pound", "value")
        return self

    @property
    def period(self) -> Period:
        """The term."""
        return Period(start=self.starts, end=self.ends)


class Assessment(Written):
    """`assessment.yaml`. `tie break`: factors that decide, in order, where totals are equal.

    Everything but the bidders is published before anybody offers; bidders are added while scoring is open.
    """

    id: Slug
    title: Text
    contract: Slug
    process: Slug = Field(description="the process of the law that is followed")
    begins: date
    buyer: Buyer
    offered: Offered
    ocid_prefix: Text = Field(description="the publisher's prefix in the Open Contracting Data Standard")
    factors: Slug = "success-factors-2013"
    anchors: tuple[Anchor, ...]
    criteria: tuple[Criterion, ...] = Field(min_length=1)
    items: tuple[Item, ...] = Field(min_length=1)
    tie_break: tuple[Slug, ...] = Field(min_length=1)
    services: tuple[Service, ...] = Field(min_length=1)
    moderator: Slug
    decides: Slug = Field(description="who awards")
    bidders: tuple[Bidder, ...] = Field(default=(), description="none yet while offers are awaited")
    source: Text

    @model_validator(mode="after")
    def _sound(self) -> Self:
        for found, expected, at in self._unsound():
            raise wrong(found, expected, *at)
        return self

    def _unsound(self) -> Iterator[Found]:
        yield from unsound_anchors(self.anchors, "anchors")
        yield from unsound_criteria(self.criteria, self.anchors)
        weighed = [one.factor for one in self.criteria]
        yield from unknown_coverage(self.bidders, self.services, weighed)
        for i, name in enumerate(self.tie_break):
            if name not in weighed:
                yield f"'{name}'", f"name one of {', '.join(weighed)}", ("tie break", i)
        names = [bidder.id for bidder in self.bidders]
        for i, name in enumerate(names):
            if name in names[:i]:
                yield f"'{name}' twice", "give each bidder an id of its own", ("bidders", i, "id")
        yield from self._clashing()
        if self.moderator in self.assessors:
            yield f"'{self.moderator}', who also scores", "let somebody moderate who has not scored", ("moderator",)
        if self.decides in (*self.assessors, self.moderator):
            yield f"'{self.decides}', who also judges", "let somebody else decide", ("decides",)

    def _clashing(self) -> Iterator[Found]:
        """Records of scores and checks are named by what they are of: no two may share a name, none may be too long."""
        seen: set[str] = set()
        for i, bidder in enumerate(self.bidders):
            of: list[tuple[str, ...]] = [(item.id,) for item in self.items]
            of += [(q.id, *who) for q in self.questions for who in ((), *((name,) for name in q.scored_by))]
            for parts in of:
                name = record_id(bidder.id, *parts)
                if name in seen:
                    yield (
                        f"two records called '{name}'",
                        "give bidders, questions or items other ids",
                        ("bidders", i, "id"),
                    )
                elif len(name) > LONGEST:
                    found = f"a record called '{name}', of {len(name)} letters"
                    yield found, f"shorten the ids: at most {LONGEST} together", ("bidders", i, "id")
                seen.add(name)

    @property
    def assessors(self) -> tuple[str, ...]:
        """Everybody who scores."""
        return tuple(dict.fromkeys(name for one in self.criteria for q in one.questions for name in q.scored_by))

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question, in order."""
        return tuple(question for criterion in self.criteria for question in criterion.questions)

    @cached_property  # how sure a ranking is takes it hundreds of times
    def _by_question(self) -> dict[str, Question]:
        return {one.id: one for one in self.questions}

    def bidder(self, name: str) -> Bidder:
        """The bidder of that id. Raises `Problems`."""
        return _named("bidder", {one.id: one for one in self.bidders}, name)

    def question(self, name: str) -> Question:
        """The question of that id. Raises `Problems`."""
        return _named("question", self._by_question, name)

    def item(self, name: str) -> Item:
        """The pass–fail item of that id. Raises `Problems`."""
        return _named("item", {one.id: one for one in self.items}, name)

    def scale(self, question: Question) -> tuple[Anchor, ...]:
        """The scores a question allows, with what they mean."""
        return question.anchors or self.anchors


def check_factors(assessment: Assessment, factors: Factors) -> None:
    """Refuse an assessment that weighs a factor nobody knows, or leaves one out. Raises `Problems`, all at once."""
    weighed = [one.factor for one in assessment.criteria]
    known = [one.id for one in factors.factors]
    problems = [
        Problem(file="assessment.yaml", where="criteria", found=f"'{name}'", expected=f"name one of {', '.join(known)}")
        for name in weighed
        if name not in known
    ]
    for factor in factors.factors:
        if factor.id not in weighed:
            found = f"no weight for {factor.title.lower()}"
            expected = f"weigh it and ask a question: every {factor.kind} counts ({factor.source})"
            problems.append(Problem(file="assessment.yaml", where="criteria", found=found, expected=expected))
    if problems:
        raise Problems(tuple(problems))


T = TypeVar("T")


def _named(kind: str, known: dict[str, T], name: str) -> T:
    if name not in known:
        raise refusal("assessment", kind, f"no {kind} '{name}'", f"there is {', '.join(known)}")
    return known[name]
