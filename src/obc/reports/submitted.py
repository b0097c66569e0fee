"""What was submitted, as tables to take away: how the quarters of each year stand, and every submission."""

from collections.abc import Sequence

from obc.domain.contract.workflow.quarters import Quarters
from obc.domain.contract.workflow.submission import Submission
from obc.reports.document import Document, Grid
from obc.reports.names import Names
from obc.reports.scorecard import FOOT
from obc.reports.table import Column, Table


def submitted_document(names: Names, years: Sequence[Quarters], given: Sequence[Submission]) -> Document:
    """The two tables of the list of submissions, the newest first."""
    quarters = tuple(Column(f"Quarter {n}") for n in (1, 2, 3, 4))
    standing = Table(
        caption="How the quarters of each year stand",
        columns=(Column("Year"), *quarters, Column("Quarters agreed"), Column("Whole year")),
        rows=tuple(
            (f"Year {year.year}", *map(_state, year.quarters), f"{year.agreed} of 4", _state(year.whole))
            for year in years
        ),
    )
    heads = ("Submission", "Period", "From", "Submitted")
    submitted = Table(
        caption="What was submitted",
        columns=(*map(Column, heads), Column("Rows", "count"), Column("State"), Column("In dispute", "count")),
        rows=tuple(
            (
                one.id,
                one.period,
                names.account(one.organisation),
                one.submitted.isoformat(timespec="minutes"),
                one.rows,
                one.state,
                len(one.open_disputes),
            )
            for one in given
        ),
    )
    return Document(names.contract.agreement.title, "Figures", (Grid(standing), Grid(submitted)), FOOT)


def _state(one: Submission | None) -> str:
    return "not submitted" if one is None else one.state
