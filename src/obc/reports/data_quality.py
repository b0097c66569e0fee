"""Data quality as a page that a provider can act on: what falls short, what it costs, and which rows to look for."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path

from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.measurement.data_quality.evidence import Shortfall
from obc.domain.measurement.data_quality.review import Cost, Review, TableQuality
from obc.domain.measurement.data_quality.rules import MEASURES
from obc.domain.measurement.indicators.values import ALL
from obc.domain.measurement.records.row_quality import FaultyRows
from obc.domain.outcomes.publication.publication import FOR_PARTIES
from obc.reports import wording
from obc.reports.charts.chart import Chart
from obc.reports.charts.evidence_grid import Mark, evidence_grid
from obc.reports.document import Block, Document, Grid, Items, Note, Paragraph, Picture, Section, Strong, blocks_of
from obc.reports.filing import file_all
from obc.reports.page import page
from obc.reports.pdf import pdf
from obc.reports.scorecard import FOOT
from obc.reports.spreadsheet import workbook
from obc.reports.table import Cell, Column, Table, as_csv

STEM = "data-quality"

_MEASURED = (
    "Completeness: rows with everything that is needed, of all that should be there; a month in which a provider fell "
    "silent counts with as many missing rows as it usually sends. Timeliness: rows first sent in time, of those of "
    "which it is known when they were sent. Validity: rows that can be read and hold codes that exist. Consistency: "
    "rows that contradict neither themselves nor others, and belong to a row that is there. A row may have several "
    "faults."
)
_COSTS = (
    "A value is insufficient where the records behind it are worse than the contract asks of a provisional one: it "
    "earns nothing, and is no nought either. It is provisional where they are not good enough for a final one. Looked "
    "at are the months that the indicator's definition looks at. The figure of all providers together is judged by "
    "the records of all."
)
_MALFORMED = "Give every line as many columns as the header, and quote what holds a comma."
_NO_RULES = (
    "The contract has no evidence rules: write evidence.yaml to say how good records must be for a value to count."
)
_NO_DAY = (
    "The day on which the records were taken was not given (--known-on). Without it nobody can tell a table that "
    "stopped for everybody from one that ends there: such a silence is not counted here."
)
_FINEST = 6
"""Decimals of a per cent, at most."""
_STATES = {Evidence.FINAL: "good enough", Evidence.PROVISIONAL: "provisional", Evidence.INSUFFICIENT: "insufficient"}


def write_data_quality(found: Review, contract: Contract, folder: Path) -> tuple[Path, ...]:
    """Write `data-quality.html`, `.pdf` and `.xlsx`, and each chart as SVG, PNG and CSV; returns the paths."""
    words = Labels(contract)
    document = data_quality_document(found, words)
    contents = {f"{STEM}.html": page(document), f"{STEM}.pdf": pdf(document), f"{STEM}.xlsx": _workbook(found, words)}
    for block in blocks_of(document):
        if isinstance(block, Picture):
            chart = block.chart
            contents[f"charts/{chart.name}.svg"] = chart.svg.encode()
            contents[f"charts/{chart.name}.png"] = chart.png
            contents[f"charts/{chart.name}.csv"] = as_csv((c.heading for c in chart.table.columns), chart.table.rows)
    return file_all(folder, contents)


class Labels:
    """What people call providers, tables and indicators."""

    def __init__(self, contract: Contract):
        self.contract = contract
        self._names = {provider.code: provider.name for provider in contract.agreement.providers if provider.code}
        self._titles = {definition.id: definition.title for definition in contract.definitions}

    def provider(self, code: str) -> str:
        """A provider by name and code."""
        if code == ALL:
            return "Tables that name no provider"
        return f"{self._names[code]} ({code})" if code in self._names else code

    def whose(self, code: str) -> str:
        """A provider in a column: its code, or all together."""
        return "All together" if code == ALL else code

    def table(self, name: str) -> str:
        """A logical table in words."""
        return wording.capital(name.replace("_", " "))

    def indicator(self, name: str) -> str:
        """An indicator by its title."""
        return self._titles.get(name, name)


def data_quality_document(found: Review, words: Labels) -> Document:
    """What it costs first, then provider by provider."""
    blocks: list[Block] = [Paragraph((Strong(headline(found)),), lead=True)]
    if found.months:
        blocks.append(Picture(_overview(found, words)))
    if found.judged:
        blocks.append(Section("What it costs", "costs", tuple(_costs(found, words))))
    else:
        blocks.append(Note("Not judged", (_NO_RULES,)))
    if found.known_on is None:
        blocks.append(Note("When were the records taken?", (_NO_DAY,)))
    if found.malformed:
        lines = [
            (f"{one.file}: {wording.plural(one.rows, 'line')} ({_lines(one.lines, one.rows)}). {_MALFORMED}",)
            for one in found.malformed
        ]
        blocks.append(Section("Lines that could not be taken apart", "malformed", (Items(tuple(lines)),)))
    blocks += [_provider(found, provider, words) for provider in found.providers]
    notes = (Note("What is measured", (_MEASURED,)), Note("What it costs", (_COSTS,)))
    blocks.append(Section("How to read this", "reading", notes))
    return Document(
        title=f"Data quality: {words.contract.agreement.title}",
        subtitle=f"Records of {wording.months(found.period.start, found.period.end)}",
        blocks=tuple(blocks),
        foot=f"{FOR_PARTIES.says} {FOOT}",
    )


def headline(found: Review) -> str:
    """How much there is, and how much of it falls short, in a sentence."""
    rows = sum(one.of("validity").of for one in found.tables)
    senders = len([name for name in found.providers if name not in (ALL, "other")])
    tables = len({one.table for one in found.tables})
    text = f"{rows:,} rows of {wording.plural(senders, 'provider')} in {wording.plural(tables, 'table')}"
    if not found.judged:
        return f"{text}; the contract does not say how good they must be."
    short = [one for one in found.tables if one.short]
    if not short:
        return f"{text}: all of them good enough for final figures."
    worst = sum(one.state == Evidence.INSUFFICIENT for one in short)
    text += f": {len(short)} of {len(found.tables)} tables of a provider fall short"
    text += f", {worst} of them too far for any figure" if worst else ""
    whole = {cost.indicator for cost in found.costs if cost.provider == ALL}
    lost = {c.indicator for c in found.costs if c.provider == ALL and c.state == Evidence.INSUFFICIENT}
    if lost:
        return f"{text}. {wording.plural(len(lost), 'indicator')} of all together cannot count for it."
    held = f" {wording.plural(len(whole), 'indicator')} of all together stay provisional for it." if whole else ""
    return f"{text}.{held}"


def _costs(found: Review, words: Labels) -> Iterable[Block]:
    """What cannot count, then what stays provisional: values of all together, and how many of single providers."""
    lost = [cost for cost in found.costs if cost.state == Evidence.INSUFFICIENT]
    held = [cost for cost in found.costs if cost.state != Evidence.INSUFFICIENT]
    if not found.costs:
        yield Paragraph(("No value of these periods is held back by the records behind it.",))
    if lost:
        yield Grid(grouped_table(lost, "Values that cannot count", words))
    together = [cost for cost in held if cost.provider == ALL]
    if together:
        yield Grid(grouped_table(together, "Values of all together that stay provisional", words))
    others = len(held) - len(together)
    if others:
        told = f"{wording.plural(others, 'value')} of single providers {'stays' if others == 1 else 'stay'} provisional"
        yield Paragraph((f"{told}: the workbook lists them, each with its reason.",))


def grouped_table(costs: Sequence[Cost], title: str, words: Labels) -> Table:
    """One row a provider and indicator: its periods, and the worst of what is short in any of them."""
    groups: dict[tuple[str, str], list[Cost]] = {}
    for cost in costs:
        groups.setdefault((cost.provider, cost.indicator), []).append(cost)
    rows = []
    for (provider, indicator), held in sorted(groups.items(), key=lambda item: (item[0][0] != ALL, item[0])):
        short = min((one for cost in held for one in cost.short), key=lambda one: (one.held.share or 0) - one.mark)
        periods = [wording.months(cost.period.start, cost.period.end) for cost in held]
        rows.append((words.whose(provider), words.indicator(indicator), "; ".join(periods), because(short, words)))
    heads = ("Provider", "Indicator", "Periods", "Worst of what is short")
    return Table(caption=title, columns=tuple(Column(head) for head in heads), rows=tuple(rows))


def costs_table(costs: Sequence[Cost], words: Labels) -> Table:
    """Each value that is held back, and by what; those that cannot count first."""
    order = sorted(costs, key=lambda c: (c.state != Evidence.INSUFFICIENT, c.provider != ALL, c.provider, c.period.end))
    return Table(
        caption="Values held back by the records behind them",
        columns=tuple(Column(head) for head in ("Provider", "Indicator", "Period", "Evidence", "Because")),
        rows=tuple(
            (
                words.whose(cost.provider),
                words.indicator(cost.indicator),
                wording.months(cost.period.start, cost.period.end),
                str(cost.state),
                "; ".join(because(one, words) for one in cost.short),
            )
            for cost in order
        ),
    )


def because(one: Shortfall, words: Labels) -> str:
    """`completeness of contacts 71.2%, below 80%`."""
    table = words.table(one.table).lower()
    share, places = one.held.share or Fraction(), 1
    while wording.percent(share, places) == wording.percent(one.mark, places) and places < _FINEST:
        places += 1  # 96.96% must not read 97.0% beside "below 97.0%"
    text = f"{one.measure} of {table} {wording.percent(share, places)}, below {wording.percent(one.mark, places)}"
    return f"{text} ({one.held.silent:,} rows of silent months missing)" if one.held.silent else text


def _provider(found: Review, provider: str, words: Labels) -> Section:
    tables = [one for one in found.tables if one.provider == provider]
    blocks: list[Block] = [Grid(tables_table(tables, words, words.provider(provider)))]
    months = [one for one in found.months if one.provider == provider]
    if any(one.short for one in months):
        blocks.append(Picture(_by_table(provider, months, words)))
    told = [*_silent(found, provider, words), *_late(found, provider, words)]
    if told:
        blocks.append(Items(tuple((line,) for line in told)))
    rows = [one for one in found.faulty if one.provider == provider]
    if rows:
        blocks.append(Grid(look_for_table(rows, f"{words.provider(provider)}: rows to look for")))
    if not told and not rows:
        blocks.append(Paragraph(("No row has a fault, and none came late.",)))
    return Section(words.provider(provider), f"provider-{provider.lower()}", tuple(blocks))


def tables_table(tables: Iterable[TableQuality], words: Labels, title: str) -> Table:
    """Each table with its four shares and what they bear."""
    rows = [
        (
            words.table(one.table),
            one.of("validity").of,
            *(_share(one.of(measure).share) for measure in MEASURES),
            _STATES[one.state] if one.state else "not judged",
        )
        for one in tables
    ]
    return Table(
        caption=f"{title}: tables",
        columns=(
            Column("Table"),
            Column("Rows", "count"),
            *(Column(wording.capital(measure), "percent", 1) for measure in MEASURES),
            Column("Good for"),
        ),
        rows=tuple(rows),
    )


def look_for_table(rows: Iterable[FaultyRows], title: str) -> Table:
    """Where bad rows stand: by file and rule, never what they say."""
    heads = (
        Column("File"),
        Column("Rule broken"),
        Column("Rows", "count"),
        Column("First lines"),
        Column("What to do"),
    )
    return Table(
        caption=title,
        columns=heads,
        rows=tuple(
            (one.file, _rule(one), one.rows, _lines(one.lines, one.rows), wording.capital(one.cure))
            for one in _in_order(rows)
        ),
    )


def _rule(one: FaultyRows) -> str:
    return f"{one.reason}: {', '.join(one.called)}" if one.called else one.reason


def _in_order(rows: Iterable[FaultyRows]) -> list[FaultyRows]:
    return sorted(rows, key=lambda one: (-one.rows, one.file, one.reason, one.columns))


def _overview(found: Review, words: Labels) -> Chart:
    marks = []
    for provider in found.providers:
        for month in sorted({one.first for one in found.months if one.first}):
            held = [one for one in found.months if (one.provider, one.first) == (provider, month)]
            if held:
                states = [one.state for one in held if one.state]
                worst = _STATES[Evidence.weakest(*states)] if states else "not judged"
                marks.append(Mark(words.provider(provider), month, worst))
    short = sorted({one.provider for one in found.months if one.short})
    names = wording.listed([words.whose(provider) for provider in short])
    title = f"Records by provider and month{f': {names} short' if short else ''}"
    told = "Each mark is the worst table of a provider in a month. "
    told += f"Something falls short at {names}." if short else "None falls short."
    return evidence_grid("data-quality-providers", title, told, marks)


def _by_table(provider: str, months: Sequence[TableQuality], words: Labels) -> Chart:
    short = {one.table for one in months if one.short}
    marks = [
        Mark(words.table(one.table), one.first, _STATES[one.state] if one.state else "not judged")
        for one in sorted(months, key=lambda one: one.table)
        if one.table in short and one.first
    ]
    names = wording.listed([words.table(name).lower() for name in sorted(short)])
    title = f"{words.provider(provider)}: months in which {names} fall short"
    told = f"Tables with a month that falls short: {names}. Each mark is one table and month."
    return evidence_grid(f"data-quality-{provider.lower()}", title, told, marks)


def _silent(found: Review, provider: str, words: Labels) -> Iterable[str]:
    for one in found.silences:
        if one.provider == provider:
            text = f"{words.table(one.table)}: nothing for {wording.plural(one.months, 'month')} from "
            usual = f"where {wording.number(one.usual, 1)} rows a month are usual"
            yield f"{text}{one.first_month:%B %Y}, {usual}. Send these months."


def _late(found: Review, provider: str, words: Labels) -> Iterable[str]:
    late = [
        f"{words.table(one.table).lower()} {one.late:,} of {one.rows:,} ({_percent(Fraction(one.late, one.rows))})"
        for one in found.late
        if one.provider == provider
    ]
    if late:
        yield f"Sent late, over all months of the records: {', '.join(late)}."


def _workbook(found: Review, words: Labels) -> bytes:
    """What falls short month by month, the rows to look for and the costs, to be sorted and sent on."""
    columns = (
        Column("Provider"),
        Column("Table"),
        Column("Month"),
        Column("Rows", "count"),
        Column("Missing rows or cells", "count"),
        Column("Late", "count"),
        Column("Invalid", "count"),
        Column("Inconsistent", "count"),
        Column("Good for"),
    )
    rows: list[tuple[Cell, ...]] = []
    for one in found.months:
        held = dict(one.held)
        lacking = {measure: held[measure].of - held[measure].good for measure in MEASURES}
        rows.append(
            (
                one.provider,
                one.table,
                f"{one.first:%Y-%m}",
                one.of("validity").of,
                *(lacking[measure] for measure in MEASURES),
                _STATES[one.state] if one.state else "not judged",
            )
        )
    months = Table(caption="By provider, table and month", columns=columns, rows=tuple(rows))
    sheets = [("Months", months), ("Rows to look for", _all_rows(found)), ("Costs", costs_table(found.costs, words))]
    notes = (headline(found), _MEASURED, _COSTS, FOR_PARTIES.says)
    return workbook(f"Data quality: {words.contract.agreement.title}", notes, sheets)


def _all_rows(found: Review) -> Table:
    """Of all providers, with the months in which the rows happened."""
    rows = _in_order(found.faulty)
    plain = look_for_table(rows, "Rows to look for")
    return Table(
        caption=plain.caption,
        columns=(Column("Provider"), Column("Table"), Column("Months"), *plain.columns),
        rows=tuple((one.provider, one.table, _span(one), *shown) for one, shown in zip(rows, plain.rows, strict=True)),
    )


def _span(one: FaultyRows) -> str:
    if one.first_month is None or one.last_month is None:
        return "not known"
    first, last = f"{one.first_month:%b %Y}", f"{one.last_month:%b %Y}"
    return first if first == last else f"{first} to {last}"


def _lines(lines: Sequence[int], of: int) -> str:
    return ", ".join(map(str, lines)) + (" …" if of > len(lines) else "")


def _share(share: Fraction | None) -> Cell:
    return "not known" if share is None else share


def _percent(share: Fraction | None) -> str:
    return "not known" if share is None else wording.percent(share)
