"""The ledger as rows for programs and as a workbook."""

from pathlib import Path

from obc.domain.contract.agreement.contract import Contract
from obc.domain.money.settlement.statement import Statement
from obc.reports.filing import file_all
from obc.reports.names import Names
from obc.reports.settled import Settled, entries_table, settlements_table
from obc.reports.spreadsheet import workbook
from obc.reports.table import Cell, Column, Table, as_csv

_FIELDS = ("entry", "party", "year", "line", "debit", "credit", "amount_minor", "currency", "reason", "due")

_NOTES = (
    "Double entry: each amount leaves one account (credit) and reaches another (debit). The sum of all accounts' "
    "balances is nothing.",
    "Entries: every movement of money in the order in which it was made. Balances: what each account received less "
    "what it gave.",
    "Amounts in this workbook are in the major unit of the currency; ledger.csv has them as whole minor units.",
    "A correction is a new entry; nothing is ever changed or removed.",
)


def write_ledger(statement: Statement, contract: Contract, folder: Path) -> tuple[Path, ...]:
    """Write `ledger.csv` and `ledger.xlsx`: all entries of a statement; returns the paths in that order."""
    names = Names(contract)
    entries = [entry for account in statement.settlements for entry in account.entries]
    rows: list[tuple[Cell, ...]] = [
        (
            i,
            entry.party,
            entry.year,
            entry.line,
            entry.debit,
            entry.credit,
            entry.amount_minor,
            statement.currency,
            entry.reason,
            entry.due.isoformat() if entry.due else "",
        )
        for i, entry in enumerate(entries, 1)
    ]
    settled = [Settled(account, names) for account in statement.settlements]
    sheets = (
        ("Settlements", settlements_table(settled, "What each party earned, year by year")),
        ("Entries", entries_table(entries, names, "Ledger entries")),
        ("Balances", _balances(settled)),
    )
    title = f"Ledger: {statement.contract_title}"
    return file_all(folder, {"ledger.csv": as_csv(_FIELDS, rows), "ledger.xlsx": workbook(title, _NOTES, sheets)})


def _balances(settled: list[Settled]) -> Table:
    """Balances year by year, one below the other."""
    tables = [(one, one.balances_table()) for one in settled]
    rows = tuple((row[0], f"year {one.account.year}", *row[1:]) for one, table in tables for row in table.rows)
    return Table(
        caption="What each account received less what it gave",
        columns=(Column("Account"), Column("Year"), Column("Received less given", "money")),
        rows=rows,
        total=("Together", "", sum(int(row[-1]) for row in rows)),
        currency=settled[0].currency if settled else "GBP",
    )
