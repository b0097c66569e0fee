"""The forecast as a page, with its fan, and as rows for programs."""

from collections.abc import Iterator
from pathlib import Path

from obc.domain.contract.agreement.contract import Contract
from obc.domain.money.finance.transfer import TransferCost
from obc.domain.money.settlement.forecast import Forecast, Known, Spread
from obc.reports import transfer
from obc.reports.charts.chart import Chart
from obc.reports.charts.fan import Rib, fan
from obc.reports.document import Block, Document, Fact, Facts, Grid, Note, Paragraph, Picture, Section
from obc.reports.filing import file_all
from obc.reports.names import Names
from obc.reports.page import page
from obc.reports.table import Cell, Column, Table, as_csv
from obc.reports.wording import money_in_words

_MAJOR = 100

FOOT = "A forecast, not a statement: it moves no money and nobody signs it."

_ASSUMED = (
    "What is still to come is drawn from the rates of the quarters known so far, or of the year before where none is. "
    "Chance is in it, and the doubt about the true rate; a change of the rate is not, unless a scenario says so. "
    "Indicators are drawn independently of each other: where they move together, the true fan is wider."
)


def write_forecast(
    made: Forecast, other: Forecast | None, contract: Contract, folder: Path, moving: TransferCost | None = None
) -> tuple[Path, ...]:
    """Write `forecast-year-N.html`, its chart and rows; `other` is the same under a scenario. Returns the paths.

    `moving`: what moving the money from today's contracts costs in the year, where the contract says.
    """
    names = Names(contract)
    forecasts = [made, *([other] if other else [])]
    charts = [chart_of(one) for one in forecasts]
    blocks: list[Block] = [_lead(made), Facts(tuple(_facts(made)))]
    for one, chart in zip(forecasts, charts, strict=True):
        title = f"Scenario: {one.scenario}" if one.scenario else f"Year {one.year}"
        blocks.append(Section(title, f"forecast-{chart.name}", tuple(_parts(one, chart, names))))
    if moving:
        told = tuple(transfer.blocks(moving, names, made.currency))
        blocks.append(Section("What moving the money costs", "transfer", told))
    blocks.append(Section("What is assumed", "assumed", (Note("How it is drawn", (_ASSUMED,)), *_unforeseen(made))))
    subtitle = f"Forecast of year {made.year}"
    document = Document(f"Forecast: {contract.agreement.title}", subtitle, tuple(blocks), FOOT)
    stem = f"forecast-year-{made.year}"
    contents = {f"{stem}.html": page(document), f"{stem}.csv": _rows(forecasts)}
    for chart in charts:
        contents |= {f"charts/{chart.name}.svg": chart.svg.encode(), f"charts/{chart.name}.png": chart.png}
    return file_all(folder, contents)


def chart_of(made: Forecast) -> Chart:
    """The fan of a forecast."""
    low, high = (_about(amount, made.currency) for amount in (made.earned.low_90_minor, made.earned.high_90_minor))
    sentence = (
        f"With {known(made.quarters_known)}, nine runs in ten earn from {low} to {high}. Each upright bar is what "
        "could be said then: the pale part holds 90 % of the runs, the dark part half of them, the dot the middle one."
    )
    ribs = [Rib(known(one.quarters), _quantiles(one.earned)) for one in made.fan]
    name = f"fan-year-{made.year}{'-scenario' if made.scenario else ''}"
    about = f"Scenario, year {made.year}" if made.scenario else f"Year {made.year}"
    middle = _about(made.earned.median_minor, made.currency)
    return fan(name, f"{about} may earn {middle}: {low} to {high}", sentence, ribs, made.currency)


def _about(minor: int, currency: str) -> str:
    """Whole pounds: pence would say more than a forecast knows."""
    return money_in_words(round(minor / _MAJOR) * _MAJOR, currency)


def known(quarters: int) -> str:
    """How much of a year is known, in words."""
    return "no quarter" if not quarters else f"{quarters} quarter{'' if quarters == 1 else 's'}"


def _quantiles(one: Spread) -> tuple[int, int, int, int, int]:
    return one.low_90_minor, one.low_50_minor, one.median_minor, one.high_50_minor, one.high_90_minor


def _lead(made: Forecast) -> Paragraph:
    words = (
        f"From the values of {known(made.quarters_known)}, year {made.year} was drawn {made.runs:,} times to its end, "
        "scored and settled each time."
    )
    return Paragraph((words,), lead=True)


def _facts(made: Forecast) -> Iterator[Fact]:
    currency, earned = made.currency, made.earned
    yield Fact("Middle of the runs", _about(earned.median_minor, currency), "half of the runs earn more")
    low, high = _about(earned.low_90_minor, currency), _about(earned.high_90_minor, currency)
    yield Fact("Nine runs in ten", f"{low} to {high}", "one in twenty earns less, one in twenty more")
    if made.central.pot_minor is not None:
        yield Fact("The pot", money_in_words(made.central.pot_minor, currency), "what can be earned")


def _parts(made: Forecast, chart: Chart, names: Names) -> Iterator[Block]:
    yield Picture(chart)
    if made.outcomes:
        heads = [Column(chance.level.capitalize(), "percent") for chance in made.outcomes[0].levels]
        columns = (Column("Outcome"), Column("Points", "points"), Column("Expected", "points"), *heads)
        rows: list[tuple[Cell, ...]] = [
            (one.title, one.points_available, one.points_expected, *(chance.chance for chance in one.levels))
            for one in made.outcomes
        ]
        yield Grid(Table("Outcomes: expected points, and how often each level is reached", columns, tuple(rows)))
    yield Grid(
        Table(
            "Accounts: received less given",
            (Column("Account"), *(Column(head, "money") for head in ("On average", "5 %", "95 %"))),
            tuple((names.account(one.account), *(_mean_and_ends(one.received))) for one in made.accounts),
            currency=made.currency,
        )
    )
    if any(one.gains for one in made.worth):
        yield Grid(_worth(made, names))


def _mean_and_ends(one: Spread) -> tuple[int, int, int]:
    return one.mean_minor, one.low_90_minor, one.high_90_minor


def _worth(made: Forecast, names: Names) -> Table:
    accounts = list(dict.fromkeys(gain.account for one in made.worth for gain in one.gains))
    rows = []
    for one in sorted(made.worth, key=lambda one: -max((gain.worth_minor for gain in one.gains), default=0)):
        gains = {gain.account: gain.worth_minor for gain in one.gains}
        title = _title(names.contract, one.indicator)
        rows.append((title, names.segment(one.segment), one.moves, *(gains.get(name, 0) for name in accounts)))
    columns = (Column("Indicator"), Column("Segment"), Column("Moves in", "percent"))
    return Table(
        "What one unit on the better side is worth on average, and to whom",
        (*columns, *(Column(names.account(name), "money") for name in accounts)),
        tuple(rows),
        currency=made.currency,
    )


def _title(contract: Contract, indicator: str) -> str:
    titles = {definition.id: definition.title for definition in contract.definitions}
    return titles.get(indicator, indicator)


def _unforeseen(made: Forecast) -> Iterator[Block]:
    if made.unforeseen:
        yield Note("Nothing can be said of", (f"{', '.join(made.unforeseen)}: no values, or too few cases.",))


def _rows(forecasts: list[Forecast]) -> bytes:
    fields = ("scenario", "year", "quarters_known", "mean_minor", "p5", "p25", "p50", "p75", "p95", "currency")

    def row(made: Forecast, one: Known) -> tuple[Cell, ...]:
        mean = one.earned.mean_minor
        return made.scenario or "", made.year, one.quarters, mean, *_quantiles(one.earned), made.currency

    return as_csv(fields, [row(made, one) for made in forecasts for one in made.fan])
