"""What moving the money costs, link by link: a table, a sentence a link, and who might hold the contract instead."""

from collections.abc import Iterator

from obc.domain.money.finance.transfer import LinkCost, LinkStranded, TransferCost
from obc.reports.document import Block, Grid, Items, Paragraph
from obc.reports.names import Names
from obc.reports.table import Cell, Column, Table
from obc.reports.wording import money_in_words

_MONEY = ("A year's money", "VAT stuck today", "In the contract", "Cost that stays this year", "Altogether")


def blocks(cost: TransferCost, names: Names, currency: str) -> Iterator[Block]:
    """The whole of it, for a section of a page."""
    yield Paragraph((summary(cost, currency),))
    yield Grid(table(cost, names, currency))
    yield Items(tuple((sentence(link, names, currency),) for link in cost.links))
    if cost.held_by:
        yield Grid(_by_holder(cost, currency))


def summary(cost: TransferCost, currency: str) -> str:
    """The year in two sentences."""
    vat, stays = cost.vat_added_minor, cost.stranded_minor
    more = f"adds {money_in_words(vat, currency)}" if vat > 0 else f"saves {money_in_words(-vat, currency)}"
    return (
        f"In year {cost.year}, {money_in_words(stays, currency)} of cost stays with those who cannot shed it at once. "
        f"One contract instead of many {more if vat else 'changes nothing'} of VAT that nobody gets back."
    )


def table(cost: TransferCost, names: Names, currency: str) -> Table:
    """One row a link."""
    rows = [_row(link, names) for link in cost.links]
    sums = [sum(cell for cell in column if not isinstance(cell, str)) for column in list(zip(*rows, strict=True))[4:]]
    return Table(
        f"What each link carries in year {cost.year}",
        (
            Column("From"),
            Column("To"),
            Column("Contracts that end", "count"),
            *(Column(one, "money") for one in _MONEY),
        ),
        tuple(rows),
        ("Together", "", sum(len(link.contracts_ended) for link in cost.links), "", *sums),
        currency,
    )


def _row(link: LinkCost, names: Names) -> tuple[Cell, ...]:
    vat: tuple[Cell, Cell] = ("not known", "not known")
    if link.vat:
        vat = link.vat.today_minor, link.vat.in_contract_minor
    ends = names.account(link.payer), names.account(link.supplier)
    stays = sum(one.in_year_minor for one in link.stranded), sum(one.altogether_minor for one in link.stranded)
    return (*ends, len(link.contracts_ended), link.amount_minor, *vat, *stays)


def sentence(link: LinkCost, names: Names, currency: str) -> str:
    """What one link carries, and why, with the sources."""
    said = [
        f"{names.account(link.payer)} to {names.account(link.supplier)}, {money_in_words(link.amount_minor, currency)}"
    ]
    if link.vat is None:
        said.append("nobody says what VAT it bears")
    else:
        now, then = link.vat.in_contract_minor, link.vat.today_minor
        moved = "as today" if now == then else f"{money_in_words(then, currency)} today"
        said.append(f"{money_in_words(now, currency)} of VAT sticks, {moved}: {link.vat.why} ({link.vat.source})")
    said += [_stays(one, names, currency) for one in link.stranded] or ["no cost stays behind"]
    return "; ".join(said) + "."


def _stays(one: LinkStranded, names: Names, currency: str) -> str:
    altogether, at = money_in_words(one.altogether_minor, currency), names.account(one.at)
    if not one.in_year_minor:
        return f"what stayed at {at} for {one.what}, {altogether} over {one.months} months, is gone ({one.source})"
    stays = money_in_words(one.in_year_minor, currency)
    return (
        f"{stays} stays at {at} this year for {one.what}, {altogether} until it is gone after {one.months} months "
        f"({one.source})"
    )


def _by_holder(cost: TransferCost, currency: str) -> Table:
    return Table(
        "VAT that moving would add if a body apart from the providers held the contract",
        (Column("Kind of holder"), Column("VAT added in the year", "money")),
        tuple((one.kind.replace("-", " "), one.added_minor) for one in cost.held_by),
        currency=currency,
    )
