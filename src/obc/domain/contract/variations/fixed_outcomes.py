"""Outcomes are fixed for the term; indicators may evolve. A change that moves an outcome needs those who agreed on it.

After the business case of 2013, section 5: outcomes hold for the contract, indicators improve with what is learned.
"""

from collections.abc import Callable
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from obc.domain.contract.agreement.term import Term
from obc.domain.core.kernel.problem import Problem
from obc.domain.outcomes.framework.framework import Framework, Outcome

Endorsed = Callable[[Outcome], bool]
"""Whether every reference group that must stands behind an outcome in just these words: title and goal."""


def endorsed_by_nobody(_: Outcome) -> bool:
    """Where no reference group is known, none has endorsed anything."""
    return False


class MovedOutcome(BaseModel):
    """An outcome that two versions of a framework do not share in the same words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    how: Literal["reworded", "added", "taken out"]
    before: Outcome | None
    after: Outcome | None

    @property
    def id(self) -> str:
        """The outcome's id, in whichever version has it."""
        held = self.after or self.before
        assert held is not None
        return held.id


def moved_outcomes(before: Framework | None, after: Framework | None) -> tuple[MovedOutcome, ...]:
    """Every outcome whose title, goal or tier differs, or that only one version has.

    Points, thresholds, weights and indicators are not the outcome: they may change as the parties agree.
    """
    old, new = ({one.id: one for one in framework.outcomes} if framework else {} for framework in (before, after))
    found = []
    for name in dict.fromkeys((*old, *new)):
        was, now = old.get(name), new.get(name)
        if was is None or now is None:
            found.append(MovedOutcome(how="added" if was is None else "taken out", before=was, after=now))
        elif _words(was) != _words(now):
            found.append(MovedOutcome(how="reworded", before=was, after=now))
    return tuple(found)


def against_fixed_outcomes(
    before: Framework | None, after: Framework | None, term: Term, effective: date, endorsed: Endorsed
) -> tuple[Problem, ...]:
    """Why a change may not move outcomes as it would. None: it may.

    From the extension on, outcomes are the parties' to agree on anew. Within the term one may be reworded or added
    once every reference group that must has endorsed the new words; none may be taken out.
    """
    if term.year_of(effective) not in term.agreed_years:
        return ()
    problems = []
    for moved in moved_outcomes(before, after):
        if moved.after is None:
            expected = "outcomes are fixed for the term: leave it in, or let it go when the term ends"
        elif endorsed(moved.after):
            continue
        else:
            expected = "outcomes are fixed for the term: have the reference groups endorse the new words first"
        found = f"outcome '{moved.id}' {moved.how} on {effective}, within the term"
        problems.append(Problem(file="framework.yaml", where=f"outcomes / {moved.id}", found=found, expected=expected))
    return tuple(problems)


def _words(outcome: Outcome) -> tuple[str, str, str]:
    return outcome.title, outcome.goal, outcome.tier
