"""Handing in: what the parties give beside the figures of a year, such as open-book costs, before it is settled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from obc.bootstrap import submissions
from obc.bootstrap.books import Held
from obc.domain.contract.workflow import review
from obc.domain.contract.workflow.submission import HandedIn, Submission
from obc.domain.core.kernel.people import Person
from obc.domain.core.kernel.problem import Problem, Problems, refusal
from obc.domain.core.kernel.provenance import canonical_json
from obc.domain.money.payment.mechanism import Input
from obc.domain.money.settlement.returns import Returned, Returns
from obc.loaders.returns import STATES, returns_in
from obc.store import papers

SETTLED = ("settled", "published")
"""The states in which other returns make a correction of the year: a submission anew, with the same figures."""

SURE = tuple(state.value for state in STATES)
"""How sure a figure may be said to be."""


@dataclass(frozen=True)
class Asked:
    """A figure that the contract asks for beside the measured ones, and what was handed in for it."""

    input: Input
    given: Returned | None

    @property
    def missing(self) -> bool:
        """Whether nothing stands there yet."""
        return self.given is None or self.given.value is None


def asked_of(one: Submission) -> tuple[Asked, ...]:
    """What a submission asks for beside its figures, in the contract's order; a quarter asks for nothing."""
    mechanism = submissions.contract_of(one).mechanism
    if mechanism is None or one.quarter is not None:
        return ()
    given = {figure.figure: figure for figure in submissions.returns_of(one).of_year(one.year).figures}
    return tuple(Asked(item, given.get(item.input)) for item in mechanism.inputs if item.from_ == "returns")


def written(one: Submission, rows: Sequence[Mapping[str, str]]) -> Returns:
    """The returns that somebody wrote into a form: `figure`, `value`, `evidence`, `source` of each. Raises `Problems`.

    A row without a value and a source is left out: nothing was handed in for it.
    """
    mechanism = submissions.contract_of(one).mechanism
    if mechanism is None or one.quarter is not None:
        raise refusal(one.id, "the form", "nothing that is asked for", "hand in with the figures of a year")
    meant = [{**row, "year": str(one.year)} for row in rows if row["value"] or row["source"]]
    try:
        return returns_in(enumerate(meant), mechanism, "the form")
    except Problems as found:
        raise Problems(tuple(_in_the_form(meant, problem) for problem in found.problems)) from None


def _in_the_form(rows: Sequence[Mapping[str, str]], problem: Problem) -> Problem:
    """A problem with the field that it stands in, in place of a line."""
    row = rows[problem.line or 0]
    return problem.model_copy(update={"line": None, "where": f"{row['figure']}: {problem.where}"})


def hand_in(held: Held, one: Submission, returns: Returns, seen: str | None, by: Person, at: datetime) -> Submission:
    """Keep returns with a submission. Where its year is settled, they correct it: the year is submitted anew.

    `seen`: the returns that stood there when these were written. Raises `Problems`.
    """
    paper = papers.keep(canonical_json(returns))
    if one.state in SETTLED:
        review.anew(one, paper, seen)
        given = HandedIn(by=by.id, organisation=by.organisation, at=at, paper=paper)
        return submissions.submit(held, submissions.values_of(one), one.year, None, by, at, returns=given)[0]
    words = "returns handed in"
    return submissions.act_on(
        held, one.id, "hand in", lambda before: review.handed_in(before, paper, seen, by, at), by, at, words
    )
