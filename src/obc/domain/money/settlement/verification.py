"""Verification: whether a statement's figures hold together. Whose it is, its signatures say."""

import json
from collections.abc import Iterator, Sequence
from fractions import Fraction

from pydantic import ValidationError

from obc.domain.core.kernel.provenance import canonical_json
from obc.domain.measurement.indicators.values import ValueSet
from obc.domain.money.payment.rounding import PENNY
from obc.domain.money.settlement.dispute import HELD, in_dispute
from obc.domain.money.settlement.ledger import Entry, balances
from obc.domain.money.settlement.lines import PASSED_ON, RESIDUAL
from obc.domain.money.settlement.settlement import due_to
from obc.domain.money.settlement.statement import Account, Statement
from obc.domain.money.settlement.withholding import WITHHELD
from obc.domain.outcomes.scoring.scorecard import Scorecard, ScoredAddition, ScoredOutcome


def faults(document: bytes) -> tuple[str, ...]:
    """Everything in a statement that does not hold; nothing where all does.

    The document must be canonical JSON of the right shape; pots must be empty, and pennies, points and counts must
    add up from entry to indicator value, with the hashes of the values used.
    """
    try:
        content = json.loads(document)
        if canonical_json(content) != document:
            return ("the document is not in canonical form: it was edited or re-written",)
        statement = Statement.model_validate_json(document)
    except ValidationError as error:
        places = [".".join(map(str, one["loc"])) for one in error.errors(include_url=False)[:5]]
        return tuple(f"{place}: not what a statement has there" for place in places)
    except (ValueError, TypeError, RecursionError) as error:
        return (f"the document is no statement ({type(error).__name__})",)
    return tuple(
        f"{one.party}, year {one.year}: {fault}"
        for one in statement.settlements
        for fault in (*_money(one), *_points(one), *_values(one))
    )


def _money(one: Account) -> Iterator[str]:
    pot, earned, unearned, held = one.pot_minor, one.earned_minor, one.unearned_minor, one.held_minor
    if (pot is None) != (earned is None) or (pot or 0) != (earned or 0) + (unearned or 0) + held:
        also = f" and {held} held in dispute" if held else ""
        yield f"earned {earned} and unearned {unearned}{also} do not make the pot of {pot}"
    moved = balances(one.entries)
    if moved.get(HELD, 0) != held:
        yield f"the entries hold {moved.get(HELD, 0)} in dispute, the settlement says {held}"
    if moved.get(WITHHELD, 0) != one.withheld_minor:
        yield f"the entries withhold {moved.get(WITHHELD, 0)}, the settlement says {one.withheld_minor}"
    due, passed_on = due_to(one.party, one.entries)
    if (one.payable_minor or 0) != due:
        yield f"the entries pay {due}, the settlement says {one.payable_minor}"
    if one.passed_on_minor != passed_on:
        yield f"the entries pass on {passed_on}, the settlement says {one.passed_on_minor}"
    for step in one.steps:
        if step.primitive == "pool" and moved.get(step.name, 0):
            yield f"{moved[step.name]} is left in '{step.name}'"
    if any((entry.party, entry.year) != (one.party, one.year) for entry in one.entries):
        yield "an entry is of another party or year"
    if one.earned_by and sum(part.earned_minor for part in one.earned_by) != earned:
        yield "what the outcomes brought in does not add up to what was earned"
    yield from _lines(one)


def _lines(one: Account) -> Iterator[str]:
    """The trace must say of each line what its entries moved: the pool's payout, or the amount itself."""
    for step in one.steps:
        if step.primitive == "settle" and step.value is not None:
            pools = {used.name for used in step.uses} & {other.name for other in one.steps if other.primitive == "pool"}
            entries = [
                moved for moved in one.entries if moved.line == step.name and not moved.reason.startswith(PASSED_ON)
            ]
            if pools:
                entries = [
                    moved
                    for moved in entries
                    if moved.credit in pools and not moved.reason.startswith((RESIDUAL, HELD))
                ]
            paid = _net(entries)
            due = abs(step.value) * 10**PENNY
            if paid != due and not (paid < due and in_dispute(one.values)):
                yield f"the entries of '{step.name}' move {paid}, its step says {step.value * 10**PENNY}"


def _net(entries: Sequence[Entry]) -> int:
    """What a line moves: what is paid on account, less what its balance takes back. One reason has one direction."""
    payers = {entry.credit for entry in entries if entry.reason == entries[0].reason}
    return abs(sum(entry.amount_minor if entry.credit in payers else -entry.amount_minor for entry in entries))


def _points(one: Account) -> Iterator[str]:
    card = one.scorecard
    if card is None:
        return
    if card.year != one.year:
        yield f"a scorecard of year {card.year}"
    yield from _sums(card)
    for given in one.inputs:
        if given.name == "points earned" and given.value is not None and given.value != card.points_earned:
            yield "the points that were paid for are not those of the scorecard"


def _sums(card: Scorecard) -> Iterator[str]:
    parts: tuple[ScoredOutcome | ScoredAddition, ...] = (*card.outcomes, *card.additional)
    for name in ("points_available", "points_earned"):
        if sum((getattr(part, name) for part in parts), Fraction(0)) != getattr(card, name):
            yield f"{name.replace('_', ' ')} do not add up over the outcomes"
        for outcome in card.outcomes:
            rows = sum((getattr(row, name) for row in outcome.indicators), Fraction(0))
            if rows != getattr(outcome, name) and (name == "points_earned" or outcome.evidence.usable):
                yield f"{name.replace('_', ' ')} of {outcome.id} do not add up over its indicators"


def _values(one: Account) -> Iterator[str]:
    if ValueSet(values=one.values).hash != one.values_hash:
        yield "the indicator values are not those of their hash"
    if one.scorecard is None:
        return
    by_key = {(value.indicator, value.segment): value for value in one.values}
    for outcome in one.scorecard.outcomes:
        for row in outcome.indicators:
            value = by_key.get((row.id, row.segment))
            counts = (value.numerator, value.denominator) if value else (None, None)
            if counts != (row.numerator, row.denominator):
                yield f"{row.id} ({row.segment}) was scored on counts that no value has"
