"""Accounts: the month-end journal of a contract year, and the cash that is expected to move."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.problem import Problem, Problems
from obc.domain.measurement.indicators.values import ValueSet
from obc.domain.money.settlement.accrual import JournalLine, journal
from obc.domain.money.settlement.circumstances import NONE, Circumstances
from obc.domain.money.settlement.returns import NOTHING_RETURNED, Returns
from obc.domain.money.settlement.settlement import Settlement
from obc.services.forecast import estimates
from obc.services.settle import settle_measured

MONTHS_A_QUARTER = 3


class YearAccounts(NamedTuple):
    """The journal of a year to the end of the month in which `known_to` falls.

    `estimate`: the settlement that the last month was booked from; `settled`: the statement's, once the year is
    measured.
    """

    lines: tuple[JournalLine, ...]
    months: int
    estimate: Settlement
    settled: Settlement | None


def year_accounts(
    contract: Contract,
    values: ValueSet,
    year: int,
    known_to: date | None,
    cost_centres: Mapping[str, str],
    runs: int,
    seed: int,
    circumstances: Circumstances = NONE,
    returns: Returns = NOTHING_RETURNED,
) -> YearAccounts:
    """The journal, month by month, to the month that ends by `known_to`; without a day, to the year's end.

    A month is booked from what was known at its end: the quarters over by then, less the one that has only just
    ended. Where the year is measured and over, the year-end adjustment brings the journal to its settlement. Raises
    `Problems` as `forecast_year` does, and where not even one month is over.
    """
    period = contract.period(year)
    over = [month for month in period.parts(1) if known_to is None or month.end <= known_to]
    if not over:
        expected = f"its first month ends on {next(period.parts(1)).end}"
        raise Problems((Problem(file="the accounts", where="the day", found=str(known_to), expected=expected),))
    by_quarters = estimates(contract, values, year, runs, seed, returns)
    booked = [by_quarters[min(n // MONTHS_A_QUARTER, max(by_quarters))] for n in range(len(over))]
    measured = any((one.period_start, one.period_end) == (period.start, period.end) for one in values.values)
    final = None
    if measured and (known_to is None or period.end < known_to):
        final = settle_measured(contract, values, [year], circumstances, returns=returns).settlements[0]
    lines = journal([one.entries for one in booked], final.entries if final else None, period, cost_centres)
    return YearAccounts(lines, len(over), booked[-1], final)
