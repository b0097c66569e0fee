"""Case-mix adjustment as a page: providers side by side, and how far the model that compares them can be trusted."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import exp
from pathlib import Path

from obc.domain.contract.agreement.contract import Contract
from obc.domain.measurement.indicators.values import ALL
from obc.domain.outcomes.adjustment.adjustment import AdjustedIndicator, Adjustment
from obc.domain.outcomes.adjustment.case_mix import CaseMixModel
from obc.domain.outcomes.adjustment.providers import Adjusted, Figure
from obc.domain.outcomes.publication.publication import FOR_PARTIES
from obc.reports import wording
from obc.reports.charts.calibration_dots import calibration_dots
from obc.reports.charts.chart import Chart
from obc.reports.charts.ratio_funnel import RatioPoint, ratio_funnel
from obc.reports.document import (
    Block,
    Document,
    Fact,
    Facts,
    Grid,
    Items,
    Note,
    Paragraph,
    Picture,
    Section,
    Strong,
    blocks_of,
)
from obc.reports.filing import file_all
from obc.reports.names import Names
from obc.reports.page import page
from obc.reports.pdf import pdf
from obc.reports.scorecard import FOOT
from obc.reports.table import Cell, Column, Table, as_csv

STEM = "adjustment"
Z = 1.959963984540054
"""Standard errors of an interval of 95 %."""

_HOW = (
    "People differ in age, sex, need and place before anybody looks after them. The model says how likely the outcome "
    "is for a person of each kind; a provider's expected number is the sum over its own people. A ratio of 1 is as "
    "many as expected. Each provider has limits of its own, since its people are its own: a point beyond the thick "
    "bars (99.8%) is hardly chance, one between thin and thick bars (95% to 99.8%) is worth a look. Whatever the "
    "counts do not tell apart, such as how ill people are, is not adjusted for."
)
_STANDARDISED = (
    "Directly standardised: the share there would be, were the mix of people that of all providers together. Where a "
    "provider has nobody of some kind it cannot be worked out. Indirectly standardised: observed over what the shares "
    "of all providers together, kind by kind, would bring; it needs no model and compares with the others of the same "
    "year, where the model compares with the year that it was fitted to."
)


def write_adjustment(found: Adjustment, contract: Contract, folder: Path) -> tuple[Path, ...]:
    """Write `adjustment.html` and `.pdf`, and each chart as SVG, PNG and CSV; returns the paths."""
    document = adjustment_document(found, contract)
    contents = {f"{STEM}.html": page(document), f"{STEM}.pdf": pdf(document)}
    for block in blocks_of(document):
        if isinstance(block, Picture):
            chart = block.chart
            contents[f"charts/{chart.name}.svg"] = chart.svg.encode()
            contents[f"charts/{chart.name}.png"] = chart.png
            contents[f"charts/{chart.name}.csv"] = as_csv((c.heading for c in chart.table.columns), chart.table.rows)
    return file_all(folder, contents)


def adjustment_document(found: Adjustment, contract: Contract) -> Document:
    """The page: what stands out, how to read it, then indicator by indicator."""
    names = {provider.code or provider.id: provider.name for provider in contract.agreement.providers}
    titles = {definition.id: definition.title for definition in contract.definitions}
    blocks: list[Block] = [Paragraph((Strong(headline(found)),), lead=True)]
    if found.refused:
        told = tuple((f"{titles[one.indicator]}: {one.reason}.",) for one in found.refused)
        blocks.append(Section("What could not be adjusted", "refused", (Items(told),)))
    notes = (Note("Observed over expected", (_HOW,)), Note("Other ways", (_STANDARDISED,)))
    blocks.append(Section("How to read this", "reading", notes))
    words = LevelWords(contract)
    blocks += [_section(one, names, words) for one in found.indicators]
    return Document(
        title=f"Adjusted for the mix of people: {contract.agreement.title}",
        subtitle=f"{found.period}, {'models fitted to this year' if found.fitted else 'by the models of the contract'}",
        blocks=tuple(blocks),
        foot=f"{FOR_PARTIES.says} {FOOT}",
    )


def headline(found: Adjustment) -> str:
    """What stands out, in a sentence."""
    rows = [(one, row) for one in found.indicators for row in _of_providers(one) if row.position is not None]
    refused = f" {wording.plural(len(found.refused), 'indicator')} could not be adjusted." if found.refused else ""
    if not any(one.model for one in found.indicators):
        return f"The contract has no case-mix model yet: fit one with --fit, and agree it.{refused}"
    told = {place: [_named(*row) for row in rows if abs(row[1].position or 0) == place] for place in (1, 2)}
    text = f"{wording.plural(len(rows), 'comparison')} of a provider with what was expected of its own people: "
    text += f"beyond chance {wording.listed(told[2])}" if told[2] else "none lies beyond chance (99.8% limits)"
    if told[1]:
        by_chance = wording.number(_d(len(rows) * _BETWEEN), 1)
        text += f"; worth a look, though chance alone would bring about {by_chance} such: {wording.listed(told[1])}"
    return f"{text}.{refused}"


_BETWEEN = 0.998 - 0.95
"""The chance to lie between the two limits with nothing the matter."""


def _named(one: AdjustedIndicator, row: Adjusted) -> str:
    ratio = wording.number(_d(row.ratio.value or 0), 2)
    return f"{row.provider} on “{one.definition.title}” ({ratio} times as many as expected)"


class LevelWords:
    """What people call the levels that files call by codes and ids."""

    def __init__(self, contract: Contract):
        self._lists = {one.id: {item.code: item.meaning for item in one.codes} for one in contract.code_lists}
        self._names = Names(contract)

    def level(self, factor: str, level: str) -> str:
        """A level as people read it."""
        if factor == "segment":
            return self._names.segment(level)
        return self._lists.get(factor, {}).get(level, level)


def _section(one: AdjustedIndicator, names: dict[str, str], words: LevelWords) -> Section:
    blocks: list[Block] = [Paragraph((told(one),))]
    if one.model:
        blocks.append(Facts(tuple(_facts(one))))
    if one.doubts:
        blocks.append(Note("To doubt", (" ".join(f"{wording.capital(doubt)}." for doubt in one.doubts),)))
    table = providers_table(one, names)
    chart = _funnel(one, table)
    blocks += [Picture(chart) if chart else Grid(table), Grid(standardised_table(one, names))]
    if one.model and one.calibration is not None:
        blocks += [Picture(_calibration(one)), Grid(effects_table(one.model, one.definition.title, words))]
    return Section(one.definition.title, f"indicator-{one.definition.id}", tuple(blocks))


def told(one: AdjustedIndicator) -> str:
    """An indicator in a sentence: everybody, and by what it is adjusted."""
    whole = one.providers[0]
    factors = wording.listed([factor.name.replace("-", " ") for factor in one.definition.adjusted_by or ()])
    text = f"{whole.observed:,} of {whole.cases:,} had the outcome ({wording.percent(_d(whole.crude.value or 0))})"
    if whole.expected is not None:
        text += f"; {wording.number(_d(whole.expected), 1)} were expected of these people"
    elif whole.ratio.reason:
        text += f"; how many were expected cannot be said: {whole.ratio.reason}"
    return f"{text}. Adjusted by {factors}."


def _facts(one: AdjustedIndicator) -> Iterator[Fact]:
    model = one.model
    assert model is not None, "facts are those of a model"
    c = wording.number(_d(one.c_statistic), 2) if one.c_statistic is not None else wording.NOT_MEASURABLE
    yield Fact("c statistic", c, "how often the right one of two people was given the higher chance; 0.5 is a coin")
    yield Fact("Fitted to", f"{model.cases:,}", f"people, {model.events:,} with the outcome, {model.fitted_on}")
    effects = sum(len(factor.effects) for factor in model.factors)
    yield Fact("Effects", str(effects), f"of {wording.plural(len(model.factors), 'factor')}, and a constant")


def providers_table(one: AdjustedIndicator, names: dict[str, str]) -> Table:
    """Each provider by the model; what cannot be worked out says why."""
    rows = [
        (
            _name(row, names),
            row.cases,
            row.observed,
            _cell(row.crude),
            row.ratio.reason if row.expected is None else _d(row.expected),
            _cell(row.ratio),
            *(_limit(row.ratio, limit) for limit in (row.ratio.lower_95, row.ratio.upper_95)),
            _cell(row.adjusted),
            _position(row),
        )
        for row in one.providers
    ]
    return Table(
        caption=f"{one.definition.title}: observed over expected",
        columns=(
            Column("Provider"),
            Column("People", "count"),
            Column("Observed", "count"),
            Column("Unadjusted", "percent", 1),
            Column("Expected", "number", 1),
            Column("Observed over expected", "number", 2),
            Column("Lower 95% limit", "number", 2),
            Column("Upper 95% limit", "number", 2),
            Column("Adjusted", "percent", 1),
            Column("Against the limits"),
        ),
        rows=tuple(rows),
    )


def standardised_table(one: AdjustedIndicator, names: dict[str, str]) -> Table:
    """The two ways without a model."""
    rows = [
        (
            _name(row, names),
            _cell(row.crude),
            _cell(row.direct),
            *(_limit(row.direct, limit) for limit in (row.direct.lower_95, row.direct.upper_95)),
            _cell(row.indirect),
            *(_limit(row.indirect, limit) for limit in (row.indirect.lower_95, row.indirect.upper_95)),
        )
        for row in one.providers
    ]
    share = [Column(head, "percent", 1) for head in ("Unadjusted", "Directly standardised", "Lower 95%", "Upper 95%")]
    ratio = [Column(head, "number", 2) for head in ("Indirectly standardised", "Lower 95% ", "Upper 95% ")]
    return Table(
        caption=f"{one.definition.title}: standardised without a model",
        columns=(Column("Provider"), *share, *ratio),
        rows=tuple(rows),
    )


def effects_table(model: CaseMixModel, title: str, words: LevelWords) -> Table:
    """The model itself: odds against the reference level."""
    rows: list[tuple[Cell, ...]] = []
    for factor in model.factors:
        name = wording.capital(factor.factor.replace("-", " "))
        rows.append((name, words.level(factor.factor, factor.reference), "reference", "", "", ""))
        for effect in factor.effects:
            middle, error = float(effect.coefficient), float(effect.standard_error)
            odds = [exp(middle + z * error) for z in (0, -Z, Z)]
            rows.append((name, words.level(factor.factor, effect.level), effect.coefficient, *map(_d, odds)))
    return Table(
        caption=f"{title}: the model (constant {wording.number(model.constant, 3)})",
        columns=(
            Column("Factor"),
            Column("Level"),
            Column("Coefficient", "number", 3),
            *(Column(head, "number", 2) for head in ("Odds ratio", "Lower 95%", "Upper 95%")),
        ),
        rows=tuple(rows),
    )


def _funnel(one: AdjustedIndicator, table: Table) -> Chart | None:
    points = [
        RatioPoint(row.provider, row.expected, row.ratio.value, row.limits, row.position)
        for row in _of_providers(one)
        if row.expected and row.ratio.value is not None and row.limits and row.position is not None
    ]
    if not points:
        return None
    apart = [point.name for point in points if abs(point.position) == 2]
    message = f"{wording.listed(apart)} beyond chance" if apart else "no provider beyond chance"
    ratios = "; ".join(f"{point.name} {point.ratio:.2f}" for point in points)
    sentence = f"Observed over expected by provider: {ratios}. {wording.capital(message)}."
    return ratio_funnel(f"funnel-{one.definition.id}", f"{one.definition.title}: {message}", sentence, points, table)


def _calibration(one: AdjustedIndicator) -> Chart:
    found = one.calibration
    assert found is not None, "only what has a model is calibrated"
    off = sum(
        not low <= foretold / cases <= high
        for low, high, foretold, cases in zip(found.lower, found.upper, found.expected, found.cases, strict=True)
    )
    parts = len(found.cases)
    message = "as many as foretold" if not off else f"{off} of {parts} parts away from what was foretold"
    sentence = (
        f"People in order of the chance that the model gives them, in {wording.plural(parts, 'part')}: in "
        f"{parts - off} the interval of the share that had the outcome holds the share foretold."
    )
    name = f"calibration-{one.definition.id}"
    return calibration_dots(name, f"{one.definition.title}, calibration: {message}", sentence, found)


def _of_providers(one: AdjustedIndicator) -> Sequence[Adjusted]:
    return [row for row in one.providers if row.provider != ALL]


def _name(row: Adjusted, names: dict[str, str]) -> str:
    return "Everybody" if row.provider == ALL else f"{names.get(row.provider, row.provider)} ({row.provider})"


def _position(row: Adjusted) -> str:
    words = {-2: "far below", -1: "below", 0: "within", 1: "above", 2: "far above"}
    return "not known" if row.position is None else words[row.position]


def _cell(figure: Figure) -> Cell:
    return figure.reason or "not measurable" if figure.value is None else _d(figure.value)


def _limit(figure: Figure, limit: float | None) -> Cell:
    return "none" if limit is None else _d(limit)


def _d(number: float) -> Decimal:
    return Decimal(repr(float(number)))
