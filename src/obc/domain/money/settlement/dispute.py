"""Dispute: what hangs on a figure that is not agreed stays where it is; all else is paid."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Literal

from obc.domain.core.kernel.provenance import Evidence
from obc.domain.measurement.indicators.values import IndicatorValue
from obc.domain.money.payment.mechanism import Mechanism
from obc.domain.money.payment.pool import Pool
from obc.domain.money.settlement.ledger import Entry, balances
from obc.domain.money.settlement.lines import RESIDUAL
from obc.domain.money.settlement.settlement import Settlement, due_to
from obc.domain.outcomes.scoring.judging import Direction

HELD = "held in dispute"
"""The account of what waits for an agreement, and the reason of its entries."""

_FAR = 10**9
"""Beyond any threshold."""


def in_dispute(values: Iterable[IndicatorValue]) -> bool:
    """Whether any of the values is disputed."""
    return any(value.evidence == Evidence.DISPUTED for value in values)


def at_an_end(
    values: Iterable[IndicatorValue], directions: Mapping[str, Direction], end: Literal["worst", "best"]
) -> tuple[IndicatorValue, ...]:
    """The values with every disputed one beyond all thresholds: the least or the most that can come of the dispute."""
    return tuple(
        _far(value, (directions.get(value.indicator, "higher is better") == "higher is better") == (end == "best"))
        if value.evidence == Evidence.DISPUTED
        else value
        for value in values
    )


def _far(value: IndicatorValue, up: bool) -> IndicatorValue:
    far = Decimal(_FAR if up else -_FAR)
    update = {"numerator": None, "denominator": Decimal(_FAR), "value": far, "ratio": far, "expected": Decimal(1)}
    return value.model_copy(update={**update, "evidence": Evidence.PROVISIONAL})


def frozen(mechanism: Mechanism, least: Settlement, most: Settlement) -> Settlement:
    """What is certain whichever way a dispute ends: what both settlements move; the rest of a pot is held.

    `least` has the disputed figures at their worst, `most` has them at their best. Not a penny is lost: pot = earned
    + unearned + held. Once the dispute is settled, restating moves what was held to where it belongs.
    """
    pools = [step.step for step in mechanism.steps if isinstance(step, Pool)]
    entries = tuple(_certain(least, most))
    left = balances(entries)
    held = []
    for name in pools:
        if left.get(name, 0):
            line = next(entry.line for entry in entries if entry.debit == name)
            held.append(
                Entry(
                    party=least.party,
                    year=least.year,
                    line=line,
                    debit=HELD,
                    credit=name,
                    amount_minor=left[name],
                    reason=HELD,
                )
            )
    out = [entry for entry in entries if entry.credit in pools]
    unearned = sum(entry.amount_minor for entry in out if entry.reason.startswith(RESIDUAL))
    earned = sum(entry.amount_minor for entry in out) - unearned
    payable, passed_on = due_to(least.party, entries)
    waiting = sum(entry.amount_minor for entry in held)
    if not pools:
        earned = max(payable, 0)
    known = least.pot_minor is not None
    return least.model_copy(
        update={
            "pot_minor": earned + unearned + waiting if known else None,
            "earned_minor": earned if known else None,
            "unearned_minor": unearned if known else None,
            "held_minor": waiting,
            "payable_minor": None if least.payable_minor is None else payable,
            "passed_on_minor": passed_on,
            "evidence": Evidence.weakest(least.evidence, Evidence.DISPUTED),
            "entries": (*entries, *held),
        }
    )


def _certain(least: Settlement, most: Settlement) -> Iterator[Entry]:
    """What moves between the same accounts, the same way, for the same reason in both: the smaller amount."""
    there: dict[tuple[str, str, str, str], int] = {}
    for entry in most.entries:
        there[_way(entry)] = there.get(_way(entry), 0) + entry.amount_minor
    for entry in least.entries:
        amount = min(entry.amount_minor, there.get(_way(entry), 0))
        if amount:
            there[_way(entry)] -= amount
            yield entry.model_copy(update={"amount_minor": amount})


def _way(entry: Entry) -> tuple[str, str, str, str]:
    return entry.line, entry.credit, entry.debit, entry.reason
