"""Month-end accounts: what they print and what they leave behind."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from obc.bootstrap import contracts, settling
from obc.cli import output
from obc.domain.core.kernel.money import written
from obc.domain.money.settlement.accrual import YEAR_END, totals

MOST_ACROSS = 6
"""Accounts that a table on the terminal has room for side by side."""

if TYPE_CHECKING:
    from obc.services.accounts import YearAccounts


_Rows = dict[tuple[date, bool], dict[str, int]]
"""What each account receives less what it gives, by month; True: the year-end adjustment."""


def accounts(
    name: str,
    values: Path,
    year: int,
    known_to: date | None,
    cost_centres: Path | None,
    circumstances: Path | None,
    returns: Path | None,
    seed: int,
    out: Path | None,
    as_json: bool,
) -> None:
    """The journal of a contract year."""
    contract = contracts.load_contract(name)
    met = settling.circumstances_of(circumstances, known_to)
    handed_in = settling.returns_of(returns, contract)
    made = settling.accounts(contract, values, year, known_to, cost_centres, met, seed, handed_in)
    if out:
        from obc.reports.journal import write_journal

        path = write_journal(made.lines, contract.agreement.currency, year, out)
    if as_json:
        output.as_json(
            {
                "contract": contract.id,
                "contract_hash": contract.hash,
                "currency": contract.agreement.currency,
                "year": year,
                "months": made.months,
                "estimate": made.estimate.model_dump(mode="json"),
                "settled": made.settled.model_dump(mode="json") if made.settled else None,
                "lines": [line.model_dump(mode="json") for line in made.lines],
            }
        )
        return
    _show(made, year, contract.agreement.currency)
    if out:
        print(f"\nWrote {path}")


def _show(made: "YearAccounts", year: int, currency: str) -> None:
    ends = totals(made.lines)
    rows: _Rows = {}
    for line in made.lines:
        row = rows.setdefault((line.posted, line.text.startswith(YEAR_END)), {})
        row[line.account] = row.get(line.account, 0) + line.debit_minor - line.credit_minor
    print(f"Year {year}: {made.months} months booked; received less given in each\n")
    if len(ends) > MOST_ACROSS:
        _show_by_account(rows, ends, currency)
    else:
        _show_by_month(rows, ends, currency)
    for one in (made.settled or made.estimate).unsettled:
        print(f"\nNot booked: {one.line}, for want of {', '.join(one.wants) or 'what it is worked out from'}.")
    earned = made.estimate.earned_minor
    print(f"\nYear-end estimate: {'not known' if earned is None else written(earned, currency)} earned.")
    if made.settled:
        said = made.settled.earned_minor
        print(f"The statement: {'not known' if said is None else written(said, currency)}. The journal adds up to it.")


def _show_by_month(rows: _Rows, ends: dict[str, int], currency: str) -> None:
    shown = [
        (YEAR_END if last else f"{posted:%B %Y}", *(written(row.get(name, 0), currency) for name in ends))
        for (posted, last), row in rows.items()
    ]
    shown.append(("together", *(written(amount, currency) for amount in ends.values())))
    output.table(("Month", *ends), shown, "l" + "r" * len(ends))


def _show_by_account(rows: _Rows, ends: dict[str, int], currency: str) -> None:
    """With many accounts: one a row, the months together; the journal has each month."""
    adjusted = next((row for (_, last), row in rows.items() if last), None)
    shown = []
    for name, end in ends.items():
        rest = (adjusted or {}).get(name, 0)
        amounts = (end - rest, rest, end) if adjusted is not None else (end,)
        shown.append((name, *(written(amount, currency) for amount in amounts)))
    heads = ("Account", "Months together", YEAR_END.capitalize(), "Together")
    output.table(heads if adjusted is not None else heads[:2], shown, "lrrr" if adjusted is not None else "lr")
