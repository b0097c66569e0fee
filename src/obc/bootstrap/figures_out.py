"""Figures that go out as files: what was submitted, what was booked, and the table to fill in."""

from obc.bootstrap import submissions
from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.workflow.submission import Submission


def values_csv(one: Submission) -> bytes:
    """The figures of a submission, a row each."""
    from obc.reports.figures import figures_table
    from obc.reports.table import as_csv

    table = figures_table(submissions.values_of(one))
    return as_csv([column.heading for column in table.columns], table.rows)


def values_xlsx(one: Submission) -> bytes:
    """The same as a workbook, with a sheet of notes."""
    from obc.reports.figures import NOTES, figures_table
    from obc.reports.spreadsheet import workbook

    title = f"{submissions.contract_of(one).agreement.title}: figures of {one.period}"
    return workbook(title, NOTES, [("Figures", figures_table(submissions.values_of(one)))])


def ledger_csv(book: str, one: Submission) -> bytes | None:
    """What was booked up to this settlement, adjusting entries included; None where it is not settled."""
    from obc.reports.names import Names
    from obc.reports.settled import entries_table
    from obc.reports.table import as_csv

    if one.statement is None:
        return None
    entries = submissions.ledger_of(book, one).entries
    table = entries_table(entries, Names(submissions.contract_of(one)), "Ledger")
    return as_csv([column.heading for column in table.columns], table.rows)


def return_table(contract: Contract, year: int, quarter: int | None, kind: str, *, by_provider: bool) -> bytes:
    """The table to fill in for a period: every indicator and segment, as .xlsx or .csv."""
    from obc.reports.return_table import return_csv, return_xlsx

    write = return_xlsx if kind == "xlsx" else return_csv
    return write(contract, year, quarter, by_provider=by_provider)
