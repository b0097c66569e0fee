"""Pictures: every chart of a statement and of its values, as files and on one page."""

from collections.abc import Iterable
from pathlib import Path

from obc.domain.contract.agreement.contract import Contract
from obc.domain.measurement.indicators.values import IndicatorValue
from obc.domain.money.settlement.statement import Statement
from obc.domain.outcomes.publication.publication import FOR_PARTIES, Publication
from obc.reports.charts.chart import Chart
from obc.reports.document import Block, Document, Note, Paragraph, Picture, Section
from obc.reports.filing import file_all
from obc.reports.history import History
from obc.reports.names import Names
from obc.reports.page import page
from obc.reports.scorecard import FOOT, points_chart
from obc.reports.scored import Scored
from obc.reports.settled import Settled
from obc.reports.statement import MOST_IN_FULL
from obc.reports.table import as_csv


def write_charts(
    statement: Statement,
    contract: Contract,
    values: Iterable[IndicatorValue],
    folder: Path,
    publication: Publication = FOR_PARTIES,
) -> tuple[Path, ...]:
    """Write `charts.html` and, for each chart, `charts/NAME.svg`, `.png` and `.csv` (the numbers drawn).

    `values`: all that were measured, so that indicators can be shown over time. Returns the paths, the page first.
    """
    money = list(_of_money(statement, contract, publication))
    names = Names(contract)
    history = History.of(names, values, publication)
    indicators = list(history.charts()) if history else []
    blocks: list[Block] = [
        Paragraph(("Every picture says in its title what it shows. Under each stand its numbers.",), lead=True)
    ]
    if money:
        blocks.append(Section("Points and money", "money", tuple(Picture(chart) for chart in money)))
    if indicators:
        blocks.append(Section("Indicators over time", "indicators", tuple(Picture(chart) for chart in indicators)))
    blocks.append(Section("Small numbers", "small-numbers", (Note("What is shown", (publication.says,)),)))
    document = Document(f"Charts: {statement.contract_title}", "Points, money and indicators", tuple(blocks), FOOT)
    contents = {"charts.html": page(document)}
    for chart in (*money, *indicators):
        contents |= _files(chart)
    return file_all(folder, contents)


def _of_money(statement: Statement, contract: Contract, publication: Publication) -> Iterable[Chart]:
    names = Names(contract)
    if len(statement.settlements) > MOST_IN_FULL:
        return
    for account in statement.settlements:
        settled = Settled(account, names)
        if settled.has_pot and settled.known:
            yield settled.chart_of_pot()
        if account.scorecard and contract.framework:
            scored = Scored.of(account.scorecard, names, account.values, publication)
            yield points_chart(scored, f"points-{settled.key}")
        if account.entries:
            yield settled.chart_of_flow()


def _files(chart: Chart) -> dict[str, bytes]:
    table = chart.table
    return {
        f"charts/{chart.name}.svg": chart.svg.encode(),
        f"charts/{chart.name}.png": chart.png,
        f"charts/{chart.name}.csv": as_csv((column.heading for column in table.columns), table.rows),
    }
