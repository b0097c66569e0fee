"""Month-end accounts: what they print and what they leave behind."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from obc.bootstrap import contracts, settling
from obc.cli import output
from obc.domain.core.kernel.money import written
from obc.domain.money.settlement.accrual import YEAR_END, totals

if TYPE_CHECKING:
    from obc.services.accounts import YearAccounts


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
    names = list(ends)
    rows: dict[tuple[date, bool], dict[str, int]] = {}
    for line in made.lines:
        row = rows.setdefault((line.posted, line.text.startswith(YEAR_END)), {})
        row[line.account] = row.get(line.account, 0) + line.debit_minor - line.credit_minor
    print(f"Year {year}: {made.months} months booked; received less given in each\n")
    shown = [
        (
            YEAR_END if last else f"{posted:%B %Y}",
            *(written(row.get(name, 0), currency) for name in names),
        )
        for (posted, last), row in rows.items()
    ]
    shown.append(("together", *(written(ends[name], currency) for name in names)))
    output.table(("Month", *names), shown, "l" + "r" * len(names))
    earned = made.estimate.earned_minor
    print(f"\nYear-end estimate: {'not known' if earned is None else written(earned, currency)} earned.")
    if made.settled:
        said = made.settled.earned_minor
        print(f"The statement: {'not known' if said is None else written(said, currency)}. The journal adds up to it.")
