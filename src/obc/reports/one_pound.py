"""The way of one pound: from the people counted to the money paid, step by step, with the real figures."""

from fractions import Fraction

from obc.domain.outcomes.scoring.scorecard import ScoredOutcome
from obc.reports.document import Items, Paragraph, Section, Strong, Words
from obc.reports.scored import Line, Scored
from obc.reports.settled import Settled
from obc.reports.wording import SUPPRESSED, money_in_words, percent, points, shortest


def way_of_one_pound(settled: Settled, scored: Scored) -> Section | None:
    """The outcome that earned most, through its best-paid indicator. None where no outcome earned anything."""
    amounts = {one.id: settled.earned_of(one.id) or 0 for one in scored.card.outcomes}
    outcome = max(scored.card.outcomes, key=lambda one: amounts[one.id])
    if not amounts[outcome.id]:
        return None
    line = max(scored.lines(outcome), key=lambda one: one.scored.points_earned)
    entries = _steps(settled, scored, outcome, line, amounts[outcome.id])
    opening = ("Follow the money of one outcome, ", Strong(outcome.title), ", from the people counted to the pounds.")
    return Section(
        title=f"The way of one pound in year {settled.account.year}",
        id=f"one-pound-{settled.key}",
        blocks=(Paragraph(opening), Items(entries, ordered=True)),
    )


def _steps(settled: Settled, scored: Scored, outcome: ScoredOutcome, line: Line, amount: int) -> tuple[Words, ...]:
    one, currency = line.scored, settled.currency
    pot = settled.account.pot_minor or 0
    group = scored.names.segment(one.segment).lower()
    unknown = line.measured.unknown
    kept = f" What is not known of {unknown:,} is counted apart." if isinstance(unknown, int) and unknown else ""
    share = one.share or Fraction(0)
    card = scored.card
    return (
        (Strong("Count. "), f"{line.how.title}, for {group}: {_counted(line)}.{kept}"),
        (Strong("Value. "), f"That makes {line.value}."),
        (Strong("Level. "), f"The contract's levels are {_levels(line)}. Reached: {one.level}."),
        (
            Strong("Points. "),
            f"{points(one.points_available).capitalize()} hang on this figure: {percent(one.weight)} of the outcome's "
            f"{shortest(outcome.points_available)}. The level earns {percent(share)} of them: "
            f"{points(one.points_earned)}. With its other figures the outcome earned {points(outcome.points_earned)} "
            f"of the {shortest(card.points_earned)} earned in the year.",
        ),
        (
            Strong("Pounds. "),
            f"The year's pot is {money_in_words(pot, currency)}, of which all points together earned "
            f"{money_in_words(settled.account.earned_minor or 0, currency)}. The outcome's part, in proportion to "
            f"its points, is {money_in_words(amount, currency)}.",
        ),
    )


def _counted(line: Line) -> str:
    return "too few to be shown" if line.measured.counts == SUPPRESSED else line.measured.counts


def _levels(line: Line) -> str:
    return ", ".join(f"{level} ({line.how.mark(mark, line.use.judged_by)})" for level, mark in line.thresholds)
