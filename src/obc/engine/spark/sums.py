"""Measuring on Spark: what the records hold, and the plan's queries side by side."""

from collections.abc import Sequence
from typing import Any

from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.general_population import GeneralPopulation
from obc.domain.measurement.indicators.needs import tables_of
from obc.engine.indicators.elsewhere import sums_elsewhere
from obc.engine.indicators.filters import CodeLists
from obc.engine.indicators.measure import Progress, Sums
from obc.engine.spark.ours import OurSpark


def spark_sums(
    ours: OurSpark,
    definitions: Sequence[IndicatorDefinition],
    lists: CodeLists,
    periods: Sequence[Period],
    *,
    absent: frozenset[str] = frozenset(),
    progress: Progress | None = None,
) -> Sums:
    """As `obc.engine.indicators.measure.measure_sums`, of the views of a Spark session."""
    possible = [definition for definition in definitions if not tables_of(definition) & absent]
    population = None
    if any(definition.compared_with for definition in possible) and not absent & {"population", "population_deaths"}:
        population = general_population(ours)
    return sums_elsewhere(ours.all_rows, "spark", possible, lists, periods, population, progress)


def general_population(ours: OurSpark) -> GeneralPopulation:
    """The general population of the records."""
    return GeneralPopulation.of_rows(_rows(ours, "population"), _rows(ours, "population_deaths"))


def _rows(ours: OurSpark, table: str) -> list[dict[str, Any]]:
    frame = ours.session.table(table)
    return [dict(zip(frame.columns, row, strict=True)) for row in ours.rows(f"SELECT * FROM {table}", table)]
