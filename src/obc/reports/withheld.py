"""What is withheld of a settlement, and the reviews of quality that it rests on, as a section of the statement."""

from collections.abc import Iterator

from obc.domain.core.kernel.rate import spelled
from obc.domain.money.settlement.withholding import WITHHELD
from obc.reports.document import Block, Grid, Paragraph, Section
from obc.reports.settled import Settled
from obc.reports.table import Cell, Column, Table
from obc.reports.wording import capital, day, money_in_words


def circumstances_sections(one: Settled) -> Iterator[Section]:
    """A section on sanctions and one on reviews; none where the settlement rests on neither."""
    met = one.account.circumstances
    if met.withheld:
        yield Section("What is withheld", f"withheld-{one.key}", tuple(_withheld(one)))
    if met.quality:
        rows = tuple(
            (capital(review.expectation.replace("-", " ")), capital(review.state), day(review.on), review.evidence)
            for review in met.quality
        )
        columns = (Column("Expectation"), Column("Found"), Column("On"), Column("Evidence"))
        table = Table(f"Reviews of quality for year {one.account.year}", columns, rows)
        yield Section("Reviews of quality", f"quality-{one.key}", (Grid(table),))


def _withheld(one: Settled) -> Iterator[Block]:
    account, sanctions = one.account, one.account.circumstances.withheld
    kept = {
        entry.reason.partition(": ")[2]: entry.amount_minor
        for entry in account.entries
        if entry.line == WITHHELD and entry.debit == WITHHELD
    }
    total = money_in_words(sum(kept.values()), one.currency)
    waits = money_in_words(account.withheld_minor, one.currency)
    yield Paragraph(
        (
            f"{total} of what was due for year {account.year} is kept back by the escalation policy; what was earned "
            f"stays earned. {waits} of it waits and is paid once the plan is delivered.",
        )
    )
    rows: list[tuple[Cell, ...]] = [
        (
            capital(sanction.id.replace("-", " ")),
            sanction.why,
            f"{spelled(sanction.share * 100)} %",
            day(sanction.decided),
            f"lost on {day(sanction.retained)}" if sanction.retained else "waits",
            kept.get(sanction.id, 0),
        )
        for sanction in sanctions
    ]
    columns = (
        Column("Sanction"),
        Column("Why"),
        Column("Share of what was due"),
        Column("Decided"),
        Column("Stands"),
        Column("Amount", "money"),
    )
    yield Grid(Table(f"Withheld for year {account.year}", columns, tuple(rows), currency=one.currency))
