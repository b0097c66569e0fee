"""Cash flow: when a year's money moves, by account and month."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from pydantic import BaseModel, ConfigDict

from obc.domain.core.kernel.money import Minor, split
from obc.domain.core.kernel.period import Period
from obc.domain.money.settlement.ledger import Entry, balances


class Cash(BaseModel):
    """What an account receives less what it pays on a day."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    paid: date
    account: str
    received_minor: Minor


def cash_flow(
    estimate: Iterable[Entry], settled: Iterable[Entry], year: Period, on_account: Fraction, balance_on: date
) -> tuple[Cash, ...]:
    """What is paid in the year, from the estimate; then the balance to what is settled.

    Instalments are paid when they are due; of all else, the part `on_account` at the end of each month. Each account's
    flow adds up to its balance in the settlement, and the accounts' flows on one day add up to nothing. Money that only
    passes through a pot leaves no trace: pots end empty.
    """
    ends = [month.end for month in year.parts(1)]
    due = balances(settled)
    paid: dict[str, int] = dict.fromkeys(due, 0)
    flows: list[Cash] = []
    expected = list(estimate)
    instalments = [entry for entry in expected if _in_year(entry, year)]
    for entry in instalments:
        for name, sign in ((entry.debit, 1), (entry.credit, -1)):
            paid[name] = paid.get(name, 0) + sign * entry.amount_minor
            flows.append(Cash(paid=entry.due or balance_on, account=name, received_minor=sign * entry.amount_minor))
    for way, amount in _moved(entry for entry in expected if not _in_year(entry, year)).items():
        for name, sign in zip(way, (-1, 1), strict=True):
            parts = split(int(amount * on_account), [1] * len(ends))
            paid[name] = paid.get(name, 0) + sign * sum(parts)
            flows += [
                Cash(paid=end, account=name, received_minor=sign * part) for end, part in zip(ends, parts, strict=True)
            ]
    flows += [
        Cash(paid=balance_on, account=name, received_minor=due.get(name, 0) - already) for name, already in paid.items()
    ]
    return _together(flows)


def _in_year(entry: Entry, year: Period) -> bool:
    return entry.due is not None and entry.due in year


def _moved(entries: Iterable[Entry]) -> dict[tuple[str, str], int]:
    """What moves from one account to another, in all lines."""
    result: dict[tuple[str, str], int] = {}
    for entry in entries:
        way = entry.credit, entry.debit
        result[way] = result.get(way, 0) + entry.amount_minor
    return result


def _together(flows: Iterable[Cash]) -> tuple[Cash, ...]:
    """One line a day and account, in order of days; none where nothing moves."""
    sums: dict[tuple[date, str], int] = {}
    for flow in flows:
        key = flow.paid, flow.account
        sums[key] = sums.get(key, 0) + flow.received_minor
    ordered = sorted(sums.items(), key=lambda item: item[0])
    return tuple(Cash(paid=day, account=name, received_minor=amount) for (day, name), amount in ordered if amount)
