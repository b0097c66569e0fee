"""Scores: what one assessor gave, what moderation made of it, and the checks. None without evidence and a reason."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from pydantic import Field, model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Person, Text
from obc.domain.core.kernel.problem import Problem, Problems, refusal
from obc.domain.programme.procurement.assessment import Assessment, record_id
from obc.domain.programme.procurement.bidders import Bidder
from obc.domain.programme.procurement.criteria import Question
from obc.domain.programme.procurement.procedure import ASSESSMENT, Procedure


class Score(Written):
    """What one assessor gave one answer: where in the offer it stands (`evidence`), and why."""

    id: Text = ""
    bidder: Slug
    question: Slug
    by: Slug
    score: int = Field(ge=0)
    evidence: Text
    because: Text

    @model_validator(mode="before")
    @classmethod
    def _named(cls, given: object) -> object:
        return _with_id(given, "bidder", "question", "by")


class Moderated(Written):
    """What the panel agreed on for one answer, and why.

    `told`: what other bidders may be told of it; nothing else of the reasons leaves the panel.
    """

    id: Text = ""
    bidder: Slug
    question: Slug
    score: int = Field(ge=0)
    because: Text
    told: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _named(cls, given: object) -> object:
        return _with_id(given, "bidder", "question")


class Checked(Written):
    """Whether a bidder passes an item, and what shows it."""

    id: Text = ""
    bidder: Slug
    item: Slug
    result: Literal["pass", "fail"]
    evidence: Text

    @model_validator(mode="before")
    @classmethod
    def _named(cls, given: object) -> object:
        return _with_id(given, "bidder", "item")


def _with_id(given: object, *keys: str) -> object:
    if isinstance(given, dict) and not given.get("id") and all(key in given for key in keys):
        return {**given, "id": record_id(*(str(given[key]) for key in keys))}
    return given


def checked(rules: Assessment, course: Procedure, by: Person, given: Checked) -> Checked:
    """The check, if it may be recorded now. Raises `Problems`."""
    ASSESSMENT.after(course.state, "check", by.roles, "assessment")
    _free_of_conflict(rules, by)
    rules.item(given.item)
    _evidenced(f"check of {given.bidder}", given.evidence, rules.bidder(given.bidder))
    return given


def scored(rules: Assessment, course: Procedure, by: Person, given: Score, failed: Sequence[Checked]) -> Score:
    """The score, if this assessor may give it now. Raises `Problems`.

    Refused: before the criteria are out or after scoring has closed; by somebody who is not asked to, or who has an
    interest in any of the bidders, since a low score for one helps another; off the scale; without evidence; of a
    bidder that failed a check.
    """
    ASSESSMENT.after(course.state, "score", by.roles, "assessment")
    bidder, question = rules.bidder(given.bidder), rules.question(given.question)
    where = f"score of {bidder.id} on {question.id}"
    _free_of_conflict(rules, by)
    if by.id not in question.scored_by:
        raise refusal(where, "assessor", f"'{by.id}'", f"this question is scored by {', '.join(question.scored_by)}")
    _on_scale(rules, question, given.score, where)
    _evidenced(where, given.evidence, bidder)
    if given.because.strip() == "":
        raise refusal(where, "because", "no reason", "say which anchor it meets and why")
    for one in failed:
        if (one.bidder, one.result) == (bidder.id, "fail"):
            raise refusal(
                where, "bidder", f"a bidder that failed '{one.item}'", "it is not scored: it cannot be chosen"
            )
    return given


def moderated(rules: Assessment, course: Procedure, by: Person, given: Moderated, scores: Sequence[Score]) -> Moderated:
    """The agreed score, if the moderator may record it now. Raises `Problems`.

    Refused: by anybody but the moderator; before every assessor of the question has scored; off the scale; without a
    reason. A score above or below all that were given needs a reason of more than a few words.
    """
    ASSESSMENT.after(course.state, "moderate", by.roles, "assessment")
    bidder, question = rules.bidder(given.bidder), rules.question(given.question)
    where = f"moderated score of {bidder.id} on {question.id}"
    if by.id != rules.moderator:
        raise refusal(where, "moderator", f"'{by.id}'", f"'{rules.moderator}' moderates, who has not scored")
    _free_of_conflict(rules, by)
    own = {one.by: one.score for one in scores if (one.bidder, one.question) == (bidder.id, question.id)}
    lacking = [name for name in question.scored_by if name not in own]
    if lacking:
        raise refusal(where, "scores", f"no score by {', '.join(lacking)}", "every assessor scores alone first")
    _on_scale(rules, question, given.score, where)
    words = len(given.because.split())
    if not words:
        raise refusal(where, "because", "no reason", "say what the panel agreed on and why")
    if not min(own.values()) <= given.score <= max(own.values()) and words < LONGER:
        found = f"{given.score}, where the assessors gave {_listed(own.values())}, for '{given.because}'"
        raise refusal(where, "because", found, f"say in {LONGER} words or more what nobody had seen")
    return given


LONGER = 8
"""Words that a reason needs where the agreed score lies outside everything that was given."""


def unscored(rules: Assessment, scores: Sequence[Score], checks: Sequence[Checked]) -> Iterator[Problem]:
    """A problem for each score and each check that is missing before scoring can close."""
    done = {(one.bidder, one.item): one.result for one in checks}
    given = {(one.bidder, one.question, one.by) for one in scores}
    for bidder in rules.bidders:
        for item in rules.items:
            if (bidder.id, item.id) not in done:
                yield _lacks(bidder, item.id, "no check", f"check it: {item.asks}")
        if "fail" in (done.get((bidder.id, item.id)) for item in rules.items):
            continue
        for question in rules.questions:
            for name in question.scored_by:
                if (bidder.id, question.id, name) not in given:
                    yield _lacks(bidder, question.id, f"no score by {name}", "score it first")


def unmoderated(rules: Assessment, agreed: Sequence[Moderated], checks: Sequence[Checked]) -> Iterator[Problem]:
    """A problem for each answer of a bidder that passed and that the panel has not agreed on."""
    failed = {one.bidder for one in checks if one.result == "fail"}
    done = {(one.bidder, one.question) for one in agreed}
    for bidder in rules.bidders:
        for question in rules.questions:
            if bidder.id not in failed and (bidder.id, question.id) not in done:
                yield _lacks(bidder, question.id, "no moderated score", "moderate it first")


def _free_of_conflict(rules: Assessment, by: Person) -> None:
    problems = tuple(
        Problem(file="assessment", where=bidder.id, found=conflict, expected="leave the judging to others")
        for bidder in rules.bidders
        if (conflict := by.conflict_with(*bidder.names))
    )
    if problems:
        raise Problems(problems)


def _on_scale(rules: Assessment, question: Question, score: int, where: str) -> None:
    scale = [anchor.score for anchor in rules.scale(question)]
    if score not in scale:
        raise refusal(where, "score", f"{score}, which has no anchor", f"give one of {_listed(scale)}")


def _evidenced(where: str, evidence: str, bidder: Bidder) -> None:
    if not evidence.strip():
        raise refusal(where, "evidence", "none", f"say where in the offer of {bidder.name} it stands")


def _lacks(bidder: Bidder, what: str, found: str, expected: str) -> Problem:
    return Problem(file="assessment", where=f"{bidder.id}, {what}", found=found, expected=expected)


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, sorted(numbers)))
