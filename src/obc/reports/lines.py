"""Lines: what a settlement pays under each line, who pays whom down to the last subcontractor, and what still waits."""

from collections.abc import Iterator

from obc.domain.money.settlement.by_line import by_line
from obc.reports.document import Block, Grid, Note, Paragraph, Picture, Section
from obc.reports.settled import Settled
from obc.reports.table import Cell, Column, Table
from obc.reports.wording import capital, listed, money_in_words


def lines_section(one: Settled) -> Section:
    """Who pays whom, as a sentence, a table of the lines and a picture with its own table."""
    blocks: list[Block] = [Paragraph((lines_sentence(one),)), Grid(lines_table(one))]
    blocks += [Note("Not settled yet", (sentence,)) for sentence in waiting(one)]
    if one.account.entries:
        blocks.append(Picture(one.chart_of_flow()))
    return Section("Who pays whom", f"lines-{one.key}", tuple(blocks))


def lines_sentence(one: Settled) -> str:
    """What is due in all, and what of it goes on."""
    account = one.account
    due = account.payable_minor or 0
    said = f"In all, {money_in_words(abs(due), one.currency)} {'is owed by' if due < 0 else 'is due to'} {one.party}."
    if not account.passed_on_minor:
        return said
    way = "It passes on" if account.passed_on_minor > 0 else "Its partners give back"
    kept = money_in_words(due - account.passed_on_minor, one.currency)
    passed = money_in_words(abs(account.passed_on_minor), one.currency)
    return f"{said} {way} {passed} by its contracts with others, which leaves it {kept}."


def lines_table(one: Settled) -> Table:
    """One row a line of the payment mechanism, also those that move nothing; those that wait say so."""
    names = [step.name for step in one.account.steps if step.primitive == "settle"]
    known = {line.line: line for line in by_line(one.account, names)}
    rows: list[tuple[Cell, ...]] = []
    for name in dict.fromkeys([*names, *known]):
        line = known.get(name)
        amounts = (line.due_minor, line.passed_on_minor, line.due_minor - line.passed_on_minor) if line else None
        rows.append((capital(name), *(amounts or ("not known",) * 3)))
    account = one.account
    due, passed = account.payable_minor or 0, account.passed_on_minor
    return Table(
        caption=f"Year {account.year}, line by line",
        columns=(
            Column("Line"),
            Column(f"Due to {one.party}", "money"),
            Column("Passed on", "money"),
            Column("Left to it", "money"),
        ),
        rows=tuple(rows),
        total=("Together", due, passed, due - passed),
        currency=one.currency,
    )


def waiting(one: Settled) -> Iterator[str]:
    """What could not be settled, and what it waits for. What is missing is not zero."""
    by_want: dict[tuple[str, ...], list[str]] = {}
    for line in one.account.unsettled:
        by_want.setdefault(line.wants, []).append(line.line)
    for wants, lines in by_want.items():
        want = f" It waits for {listed(wants)}." if wants else ""
        yield f"{capital(listed(lines))}: too little is known, so nothing moves; that is not the same as zero.{want}"
