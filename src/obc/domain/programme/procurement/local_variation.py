"""The evidence for local variation: ten headings, completed before a contract is agreed and published with it."""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from pydantic import Field

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Person, Text
from obc.domain.core.kernel.problem import Problem, Problems, refusal
from obc.domain.core.kernel.states import Machine, Move

Area = Literal["patients' interests", "transparency", "constructive engagement"]

_WRITERS = ("procurement lead", "programme director", "commissioner manager", "finance lead", "clinical lead")

LOCAL_VARIATION = Machine(
    "the evidence for local variation",
    "being written",
    {
        "being written": {
            "complete a heading": Move("being written", _WRITERS),
            "publish": Move("published", ("accountable officer", "programme director")),
        },
        "published": {"reopen": Move("being written", ("accountable officer", "programme director"))},
    },
)


class Heading(Written):
    """What has to be shown, under one of three areas."""

    id: Slug
    title: Text
    area: Area
    asks: Text


class Headings(Written):
    """The headings, in order."""

    id: Slug
    title: Text
    source: Text
    headings: tuple[Heading, ...] = Field(min_length=1)

    def named(self, heading: str) -> Heading:
        """The heading of that id. Raises `Problems`, with those there are."""
        found = next((one for one in self.headings if one.id == heading), None)
        if found is None:
            known = ", ".join(one.id for one in self.headings)
            raise refusal("local variation", "heading", f"no heading '{heading}'", f"there is {known}")
        return found


class Shown(Written):
    """What is said under a heading, and what bears it out: documents, files, figures."""

    heading: Slug
    says: Text
    evidence: tuple[Text, ...] = Field(min_length=1)
    source: Text


class LocalVariation(Written):
    """The evidence as it stands. `where`: the address at which it was published, and `published` when."""

    id: Slug = "local-variation"
    state: Text = LOCAL_VARIATION.first
    shown: tuple[Shown, ...] = ()
    published: date | None = None
    where: Text | None = None

    def under(self, heading: str) -> Shown | None:
        """What is said under a heading; None: nothing yet."""
        return next((one for one in self.shown if one.heading == heading), None)


def missing(headings: Headings, variation: LocalVariation) -> tuple[Heading, ...]:
    """The headings under which nothing is said yet."""
    return tuple(one for one in headings.headings if variation.under(one.id) is None)


def completed(variation: LocalVariation, headings: Headings, shown: Shown, by: Person) -> LocalVariation:
    """The evidence with a heading completed, or said anew. Raises `Problems`."""
    headings.named(shown.heading)
    if not shown.says.strip() or not all(one.strip() for one in shown.evidence):
        raise refusal("local variation", shown.heading, "nothing said", "say what is shown, and name its evidence")
    state = LOCAL_VARIATION.after(variation.state, "complete a heading", by.roles, "local variation")
    others = tuple(one for one in variation.shown if one.heading != shown.heading)
    order = [heading.id for heading in headings.headings]
    every = sorted((*others, shown), key=lambda one: order.index(one.heading))
    return variation.model_copy(update={"state": state, "shown": tuple(every)})


def published(
    variation: LocalVariation, headings: Headings, by: Person, on: date, where: str, agreed: bool
) -> LocalVariation:
    """The evidence as published at `where`. `agreed`: whether the contract has been agreed.

    Raises `Problems` while a heading is open or there is no contract to publish it with.
    """
    state = LOCAL_VARIATION.after(variation.state, "publish", by.roles, "local variation")
    problems = [*open_headings(headings, variation)]
    if not agreed:
        found, expected = "no contract agreed", "agree the contract first: the evidence is published with it"
        problems.append(Problem(file="local variation", where="publish", found=found, expected=expected))
    if not where.strip():
        problems.append(_problem("publish", "no address", "say where it can be read"))
    if problems:
        raise Problems(tuple(problems))
    return variation.model_copy(update={"state": state, "published": on, "where": where.strip()})


def open_headings(headings: Headings, variation: LocalVariation) -> Iterable[Problem]:
    """A problem for each heading under which nothing is said."""
    for heading in missing(headings, variation):
        yield _problem(heading.id, "nothing said under it", f"answer it: {heading.asks}")


def _problem(where: str, found: str, expected: str) -> Problem:
    return Problem(file="local variation", where=where, found=found, expected=expected)
