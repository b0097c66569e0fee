"""How a contract stands, at a glance: the points and the money of the latest year that is settled, or scored."""

from obc.domain.money.settlement.statement import Statement
from obc.domain.outcomes.scoring.scorecard import Scorecard
from obc.reports import wording
from obc.reports.charts.points_bars import Points, points_bars
from obc.reports.document import Block, Document, Fact, Facts, Paragraph, Picture, Strong
from obc.reports.names import Names
from obc.reports.scorecard import FOOT
from obc.reports.scored import level_of


def standing_document(
    names: Names, year: int, state: str, card: Scorecard | None, statement: Statement | None
) -> Document:
    """A sentence, the figures that matter, and the points by outcome. `state`: how far the year's figures are."""
    blocks: list[Block] = [Paragraph((Strong(sentence(names, year, state, card, statement)),), lead=True)]
    facts = [*_points(card), *_money(names, statement)]
    if facts:
        blocks.append(Facts(tuple(facts)))
    if card is not None:
        entries = [Points(one.title, one.points_available, one.points_earned, level_of(one)) for one in card.outcomes]
        earned = f"{wording.shortest(card.points_earned)} of {wording.points(card.points_available)}"
        told = "Each bar is filled as far as points were earned; the scorecard says by which indicators."
        blocks.append(Picture(points_bars("standing-points", f"In year {year}, {earned} were earned", told, entries)))
    return Document(names.contract.agreement.title, f"Year {year}", tuple(blocks), FOOT)


def sentence(names: Names, year: int, state: str, card: Scorecard | None, statement: Statement | None) -> str:
    """The score and the money of a year in a sentence."""
    told = f"Year {year} is {state}"
    if card is not None:
        told += f": {wording.shortest(card.points_earned)} of {wording.points(card.points_available)} were earned"
    due = [one.payable_minor for one in statement.settlements if one.payable_minor is not None] if statement else []
    if due:
        told += f", and {wording.money_in_words(sum(due), names.contract.agreement.currency)} is due in all"
    return f"{told}."


def _points(card: Scorecard | None) -> list[Fact]:
    if card is None:
        return []
    low = [one.title for one in card.outcomes if one.pays and one.level in ("not scored", "below good")]
    counts = f"{wording.shortest(card.points_earned)} of {wording.shortest(card.points_available)}"
    return [
        Fact("Points", counts, f"evidence: {card.evidence.value}"),
        Fact("Outcomes below good", str(len(low)), wording.listed(low)),
    ]


def _money(names: Names, statement: Statement | None) -> list[Fact]:
    currency = names.contract.agreement.currency
    facts: list[Fact] = []
    for one in statement.settlements if statement else ():
        whose = f": {names.account(one.party)}" if statement and len(statement.settlements) > 1 else ""
        if one.pot_minor is not None and one.earned_minor is not None:
            of = f"of {wording.money_in_words(one.pot_minor, currency)} that hung on outcomes"
            facts.append(Fact(f"Earned{whose}", wording.money_in_words(one.earned_minor, currency), of))
        if one.held_minor:
            held = wording.money_in_words(one.held_minor, currency)
            facts.append(Fact(f"Held{whose}", held, "while a line is in dispute"))
        if one.payable_minor is not None:
            facts.append(Fact(f"Due in all{whose}", wording.money_in_words(one.payable_minor, currency)))
    return facts[:8]
