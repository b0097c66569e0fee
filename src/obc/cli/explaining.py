"""`settle --explain`: each number's way through the mechanism, as a tree from what is paid down to what was counted."""

from collections.abc import Iterator
from fractions import Fraction

from obc.domain.money.payment.trace import Traced, TraceLine, said
from obc.domain.money.settlement.statement import Account, Statement
from obc.domain.outcomes.scoring.scorecard import Scorecard, ScoredIndicator, ScoredOutcome

MOST_SHOWN = 20
"""Settlements explained on the terminal; the rest is in the statement."""
_POINTS_OF = "points of "


def show_ways(statement: Statement) -> None:
    """Print the tree of every settlement: what each step made of what, down to points, indicators and counts."""
    for one in statement.settlements[:MOST_SHOWN]:
        print(f"{one.party}, year {one.year}")
        print("\n".join(ways(one)))
        print()
    if len(statement.settlements) > MOST_SHOWN:
        print(f"… and {len(statement.settlements) - MOST_SHOWN:,} more: the statement explains them all\n")


def ways(one: Account) -> Iterator[str]:
    """The lines of one settlement's tree. A step that several others use is explained where it is met first."""
    told: set[str] = set()
    ends = [step for step in one.steps if step.primitive == "settle"]
    for i, step in enumerate(ends):
        yield from _step(one, step, "", i == len(ends) - 1, told)


def _step(one: Account, step: TraceLine, lead: str, last: bool, told: set[str]) -> Iterator[str]:
    again = step.name in told
    told.add(step.name)
    more = f" ({step.evidence})" if step.evidence != "final" else ""
    above = " (see above)" if again else more
    yield f"{lead}{'└─ ' if last else '├─ '}{step.sentence}{above}"
    if again:
        return
    inner = lead + ("   " if last else "│  ")
    if step.source:
        yield f"{inner}   source: {step.source}"
    by_name = {other.name: other for other in one.steps}
    for i, used in enumerate(step.uses):
        end = i == len(step.uses) - 1
        origin = by_name.get(_origin(used.name, by_name))
        if origin is not None:
            yield from _step(one, origin, inner, end, told)
        else:
            yield from _leaf(one, used, inner, end, told)


def _origin(name: str, steps: dict[str, TraceLine]) -> str:
    """The step that leaves a name: itself, or the pool or split of which it names a part."""
    _, _, after = name.partition(" of ")
    return name if name in steps or after not in steps else after


def _leaf(one: Account, used: Traced, lead: str, last: bool, told: set[str]) -> Iterator[str]:
    again = used.name in told
    told.add(used.name)
    yield f"{lead}{'└─ ' if last else '├─ '}{used.name} = {said(used.value)}{' (see above)' if again else ''}"
    card = one.scorecard
    if card is None or again or used.name not in {given.name for given in one.inputs}:
        return
    inner = lead + ("   " if last else "│  ")
    lines = list(_scored(card, used.name))
    for i, (depth, text) in enumerate(lines):
        later = [other for other, _ in lines[i + 1 :]]
        bars = "".join("│  " if level in later else "   " for level in range(depth))
        sibling = next((other for other in later if other <= depth), None) == depth
        yield f"{inner}{bars}{'├─ ' if sibling else '└─ '}{text}"


def _scored(card: Scorecard, name: str) -> Iterator[tuple[int, str]]:
    """The outcomes behind an input of the scorecard, with the indicators behind each."""
    wanted = name.removeprefix(_POINTS_OF)
    for outcome in card.outcomes:
        if wanted in (outcome.id, "points earned") and outcome.pays:
            yield 0, _of_outcome(outcome)
            for row in outcome.indicators:
                if row.incentivised:
                    yield 1, _of_indicator(row)
    for extra in card.additional:
        if wanted in (extra.id, "points earned"):
            reached = "reached" if extra.reached else "not reached"
            earned = f"{_short(extra.points_earned)} of {_short(extra.points_available)} points"
            yield 0, f"{extra.title}: {earned} ({reached})"


def _of_outcome(one: ScoredOutcome) -> str:
    earned = f"{_short(one.points_earned)} of {_short(one.points_available)} points"
    return f"{one.title}: {earned} ({one.level})"


def _of_indicator(row: ScoredIndicator) -> str:
    where = "" if row.segment == "all" else f" ({row.segment})"
    if row.value is None:
        return f"{row.id}{where}: {row.evidence}, not scored"
    judged = f", judged as {_short(row.judged)}" if row.judged is not None and row.judged != row.value else ""
    mark = f" from {_short(row.threshold)}" if row.threshold is not None else ""
    points = f"{_short(row.points_earned)} of {_short(row.points_available)} points"
    return f"{row.id}{where}: {_counts(row)}{_short(row.value)}{judged}, {row.level}{mark}: {points}"


def _counts(row: ScoredIndicator) -> str:
    """The numerator and denominator behind a value; a rate or a ratio is more than the one by the other."""
    if row.numerator is None or not row.denominator:
        return ""
    top, over = Fraction(row.numerator), Fraction(row.denominator)
    makes = "is" if _short(top / over) == _short(row.value or Fraction(0)) else "makes"
    return f"{_short(top)} of {_short(over)} {makes} "


def _short(number: Fraction) -> str:
    return f"{float(number):,.3f}".rstrip("0").rstrip(".")
