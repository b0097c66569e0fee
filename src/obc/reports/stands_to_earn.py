"""What each party stands to earn, as the contract is and as it would be: a sentence, a picture, tables by year."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from obc.domain.contract.agreement.contract import Contract
from obc.domain.money.finance.amount import thousands
from obc.reports.charts.chart import Chart
from obc.reports.charts.earning_spans import Span, earning_spans
from obc.reports.document import Block, Document, Grid, Note, Paragraph, Picture, Section
from obc.reports.names import Names
from obc.reports.table import Cell, Column, Table
from obc.reports.wording import capital, listed, money_in_words, percent

LAST = "as last year"
_TOGETHER = "Providers together, after what care costs"


@dataclass(frozen=True, slots=True)
class Amounts:
    """What moves in one case of one year: by account, and what is left to the providers together (minor units)."""

    year: int
    case: str
    accounts: Mapping[str, int]
    kept_minor: int
    waits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """Two contracts, the cases of each in the same order, and what both are called. Alike: only one is shown."""

    contract: Contract
    before: tuple[Amounts, ...]
    after: tuple[Amounts, ...]
    spread: Fraction
    names: tuple[str, str] = ("today", "as drafted")

    @property
    def years(self) -> tuple[int, ...]:
        """The years that both pay for."""
        return tuple(dict.fromkeys(one.year for one in self.after))

    def kept(self, amounts: Sequence[Amounts], year: int, case: str) -> int:
        """What is left to the providers in a case; 0 where the version does not pay in that year."""
        return next((one.kept_minor for one in amounts if (one.year, one.case) == (year, case)), 0)


def earning_document(made: Compared) -> Document:
    """The whole of it: what it comes to, then party by party the years in which it makes a difference."""
    title = made.contract.agreement.title
    foot = "Worked out by the contract's own mechanism."
    return Document("What each party stands to earn", title, (*_summary(made), *_by_year(made)), foot)


def parted(document: Document) -> tuple[Document, Document]:
    """What it comes to, and apart from it what it means party by party; made of the same tables and pictures."""
    halves = (tuple(one for one in document.blocks if isinstance(one, Section) == apart) for apart in (False, True))
    first, second = (Document(document.title, document.subtitle, blocks, document.foot) for blocks in halves)
    return first, second


def _summary(made: Compared) -> Iterator[Block]:
    yield Paragraph((sentence(made),), lead=True)
    yield Picture(_picture(made))
    yield Note("What is taken for granted", (_assumed(made),))
    waits = list(dict.fromkeys(line for one in made.after for line in one.waits))
    if waits:
        yield Note("Not in these figures", (f"{capital(listed(waits))}: too little is known of what feeds it.",))


def _by_year(made: Compared) -> Iterator[Section]:
    """The years that differ; the first where none does."""
    before = {(one.year, one.case): one.accounts for one in made.before}
    differ = [one.year for one in made.after if before.get((one.year, one.case)) != one.accounts]
    for year in dict.fromkeys(differ or made.years[:1]):
        cases = [one for one in made.after if one.year == year]
        tables = tuple(Grid(_by_party(made, one)) for one in cases)
        yield Section(f"Year {year}, party by party", f"year-{year}", tables)


def sentence(made: Compared) -> str:
    """The year that changes most, in words; the first year where none does."""
    currency = made.contract.agreement.currency

    def moves(year: int) -> int:
        return sum(
            abs(made.kept(made.after, year, case) - made.kept(made.before, year, case))
            for case in ("at least", "at most")
        )

    year = max(made.years, key=moves)
    ends = [(made.kept(made.before, year, case), made.kept(made.after, year, case)) for case in ("at least", "at most")]
    said = [money_in_words(amount, currency) for pair in ends for amount in pair]
    if not moves(year):
        return (
            f"In year {year} the providers together keep between {said[0]} and {said[2]}, and nothing changes in that."
        )
    least, most = (_turn(*pair, currency) for pair in ends)
    return (
        f"In year {year} the least that the providers together keep {least}, and the most {most}. "
        f"{capital(made.names[0])} it is {said[0]} to {said[2]}; {made.names[1]}, {said[1]} to {said[3]}."
    )


def worth(made: Compared) -> str:
    """The same in a few words, for a line in a table."""
    currency = made.contract.agreement.currency
    cases = ("at least", "on target", "at most")
    changed = [
        year
        for year in made.years
        if any(made.kept(made.after, year, c) != made.kept(made.before, year, c) for c in cases)
    ]
    if not changed:
        return "Nothing that the providers keep changes."
    year = changed[0]
    parts = [
        f"{case} {_turn(made.kept(made.before, year, case), made.kept(made.after, year, case), currency)}"
        for case in cases
    ]
    return f"Providers together, year {year}: {'; '.join(parts)}."


def _turn(before: int, after: int, currency: str) -> str:
    if before == after:
        return "stays"
    return f"{'rises' if after > before else 'falls'} by {money_in_words(abs(after - before), currency)}"


def _assumed(made: Compared) -> str:
    return (
        "At least: no threshold is reached. On target: every indicator just reaches its first level, good. At most: "
        "every indicator is excellent. Where the contract shares costs, they come to what they are compared with; "
        f"{percent(made.spread)} more at the least and {percent(made.spread)} less at the most. "
        "Nobody joins or leaves within the year."
    )


def _picture(made: Compared) -> Chart:
    spans = []
    for year in made.years:
        for name, amounts, drafted in ((made.names[0], made.before, False), (made.names[1], made.after, True)):
            ends = [made.kept(amounts, year, case) for case in ("at least", "on target", "at most")]
            spans.append(Span(f"Year {year}, {name}", min(ends), ends[1], max(ends), drafted))
    columns = [Column("Year"), Column("Case")]
    columns += [Column(capital(name), "number") for name in made.names] + [Column("Difference", "number")]
    rows: list[tuple[Cell, ...]] = []
    for one in made.after:
        before = made.kept(made.before, one.year, one.case)
        rows.append((f"Year {one.year}", capital(one.case), *_thousands(before, one.kept_minor)))
    currency = made.contract.agreement.currency
    caption = f"{_TOGETHER} ({currency} thousand)"
    table = Table(caption=caption, columns=tuple(columns), rows=tuple(rows), currency=currency)
    said = (
        f"A bar a year from the least to the most: hollow {made.names[0]}, filled {made.names[1]}; "
        "the stroke across it is on target."
    )
    return earning_spans("earning-spans", "What is left to the providers, after what care costs", said, spans, table)


def _by_party(made: Compared, after: Amounts) -> Table:
    names, agreement = Names(made.contract), made.contract.agreement
    none = Amounts(after.year, after.case, {}, 0, ())
    before = next((one for one in made.before if (one.year, one.case) == (after.year, after.case)), none)
    parties = [*(one.id for one in agreement.commissioners), *(one.id for one in agreement.providers)]
    moved = {**before.accounts, **after.accounts}
    order = [*(one for one in parties if one in moved), *(one for one in moved if one not in parties)]
    columns = [Column("Receives, or pays (−)"), *(Column(capital(name), "number") for name in made.names)]
    rows = tuple(
        (names.account(one), *_thousands(before.accounts.get(one, 0), after.accounts.get(one, 0))) for one in order
    )
    return Table(
        caption=f"Year {after.year}, {after.case} ({agreement.currency} thousand)",
        columns=(*columns, Column("Difference", "number")),
        rows=rows,
        total=(_TOGETHER, *_thousands(before.kept_minor, after.kept_minor)),
        currency=agreement.currency,
    )


def _thousands(before: int, after: int) -> tuple[Cell, Cell, Cell]:
    return thousands(before), thousands(after), thousands(after - before)
