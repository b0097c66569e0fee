"""Comparison: what we worked out beside what was really paid."""

from collections.abc import Sequence
from fractions import Fraction

from pydantic import BaseModel, ConfigDict

from obc.domain.core.kernel.money import Minor
from obc.domain.money.payment.evaluation import Evaluation
from obc.domain.money.payment.published import Compared
from obc.domain.money.payment.rounding import PENNY
from obc.domain.outcomes.scoring.evidenced import Evidenced


class Difference(BaseModel):
    """A settlement that is not what was paid."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    party: str
    year: int
    settled_minor: Minor | None
    paid_minor: Minor


class Tally(BaseModel):
    """How many of how many are equal."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    equal: int
    of: int


class Comparison(BaseModel):
    """paid: amounts above zero; owed: amounts below; decisions: paid or not paid, where there was something to
    decide. Where the file does not say what was paid there is nothing to compare, which is no failure.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    paid: Tally
    owed: Tally
    decisions: Tally
    nothing_to_compare: int
    differences: tuple[Difference, ...]


def compare(
    done: Evaluation, parties: Sequence[str], paid: Evidenced, rule: Compared, only: Sequence[int] | None = None
) -> Comparison:
    """Set the step that the rule names beside what was paid, party by party; `only` those at these places."""
    places = range(len(parties)) if only is None else only
    ours = done[rule.with_]
    stake = done[rule.decisions_where_positive] if rule.decisions_where_positive else None
    equal: dict[int, list[bool]] = {1: [], -1: [], 0: []}
    decisions: list[bool] = []
    differences = []
    for i in places:
        theirs, mine = paid[i], ours[i]
        if theirs is None:
            continue
        sign = (theirs > 0) - (theirs < 0)
        same = mine is not None and abs(mine - theirs) <= rule.within * abs(theirs)
        equal[sign].append(same)
        if stake is None or (stake[i] or 0) > 0:
            decisions.append(((mine or 0) > 0) == (theirs > 0))
        if not same:
            differences.append(
                Difference(
                    party=parties[i],
                    year=int(done.years[i]),
                    settled_minor=None if mine is None else _pennies(mine),
                    paid_minor=_pennies(theirs),
                )
            )
    compared = sum(map(len, equal.values()))
    return Comparison(
        paid=_tally(equal[1]),
        owed=_tally(equal[-1]),
        decisions=_tally(decisions),
        nothing_to_compare=len(places) - compared,
        differences=tuple(differences),
    )


def _tally(flags: list[bool]) -> Tally:
    return Tally(equal=sum(flags), of=len(flags))


def _pennies(amount: Fraction) -> int:
    return int(round(amount, PENNY) * 10**PENNY)
