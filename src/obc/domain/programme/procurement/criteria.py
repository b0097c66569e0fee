"""What bidders are judged by: factors with weights, questions with anchors, and items that are passed or failed."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from pydantic import Field

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Text
from obc.domain.core.kernel.rate import Exact, spelled

Found = tuple[str, str, tuple[str | int, ...]]
"""A finding: what, what to write instead, and the way to it."""


class Factor(Written):
    """A success factor or a key criterion, and what it means."""

    id: Slug
    title: Text
    kind: Literal["success factor", "key criterion"]
    means: Text
    source: Text


class Factors(Written):
    """Every factor that an assessment has to weigh."""

    id: Slug
    title: Text
    factors: tuple[Factor, ...] = Field(min_length=1)

    def named(self, factor: str) -> Factor:
        """The factor of that id."""
        return next(one for one in self.factors if one.id == factor)


class Anchor(Written):
    """A score and what an answer must show to earn it."""

    score: int = Field(ge=0)
    means: Text


class Question(Written):
    """What bidders are asked, who scores the answers, and what each score means.

    Without `anchors` of its own it takes those of the assessment. `least`: a moderated score below it fails the bidder.
    """

    id: Slug
    asks: Text
    scored_by: tuple[Slug, ...] = Field(min_length=2)
    anchors: tuple[Anchor, ...] = ()
    least: int | None = None


class Criterion(Written):
    """A factor with its weight and its questions, which count alike."""

    factor: Slug
    weight: Exact = Field(gt=0, le=1)
    questions: tuple[Question, ...] = Field(min_length=1)


class Item(Written):
    """Something that a bidder has or has not: failed, no score can make up for it."""

    id: Slug
    title: Text
    asks: Text
    source: Text


def unsound_anchors(anchors: tuple[Anchor, ...], *at: str | int) -> Iterator[Found]:
    """What does not hold in anchors: they run from 0 upwards, one by one, and there are at least two."""
    given = [one.score for one in anchors]
    if given != list(range(len(given))) or len(given) < 2:
        yield f"anchors for {', '.join(map(str, given)) or 'no score'}", "give one for each score from 0 upwards", at


def unsound_criteria(criteria: tuple[Criterion, ...], anchors: tuple[Anchor, ...]) -> Iterator[Found]:
    """What does not hold in criteria: weights of 100 %, questions once each, and every least score on its scale."""
    together = sum((one.weight for one in criteria), Fraction(0))
    if together != 1:
        yield f"weights of {spelled(together * 100)} %", "make the weights add up to 100 %", ("criteria",)
    factors, questions = [one.factor for one in criteria], [q.id for one in criteria for q in one.questions]
    for names, what in ((factors, "factor"), (questions, "question")):
        for twice in sorted({name for name in names if names.count(name) > 1}):
            yield f"the {what} '{twice}' twice", "name each once", ("criteria",)
    for i, criterion in enumerate(criteria):
        for j, question in enumerate(criterion.questions):
            at = ("criteria", i, "questions", j)
            scale = question.anchors or anchors
            if question.anchors:
                yield from unsound_anchors(question.anchors, *at, "anchors")
            if question.least is not None and question.least not in [one.score for one in scale]:
                yield f"a least score of {question.least}", "name a score that has an anchor", (*at, "least")
            if len(set(question.scored_by)) < len(question.scored_by):
                yield "an assessor twice", "name each once: two see more than one", (*at, "scored by")
