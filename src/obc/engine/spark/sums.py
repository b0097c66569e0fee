"""Measuring on Spark: the plan's queries, side by side; Spark cuts the people into parts by itself."""

from collections.abc import Sequence
from typing import Any

from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.factors import Levels
from obc.domain.measurement.indicators.general_population import GeneralPopulation
from obc.domain.measurement.indicators.needs import tables_of
from obc.domain.measurement.indicators.tally import NOTHING, Cell, Tally
from obc.engine.dialects.rendering import rendered
from obc.engine.indicators.buckets import everybody
from obc.engine.indicators.filters import CodeLists
from obc.engine.indicators.masks import MOST_PERIODS
from obc.engine.indicators.measure import Progress, Sums
from obc.engine.indicators.plan import plan
from obc.engine.spark.ours import OurSpark


def spark_sums(
    ours: OurSpark,
    definitions: Sequence[IndicatorDefinition],
    lists: CodeLists,
    periods: Sequence[Period],
    *,
    absent: frozenset[str] = frozenset(),
    population: GeneralPopulation | None = None,
    progress: Progress | None = None,
) -> Sums:
    """As `obc.engine.indicators.measure.measure_sums`, of the views of a Spark session.

    `population`: another general population than that of the records.
    """
    possible = [definition for definition in definitions if not tables_of(definition) & absent]
    compared = any(definition.compared_with for definition in possible)
    if compared and population is None and not absent & {"population", "population_deaths"}:
        population = general_population(ours)
    chunks = [periods[start : start + MOST_PERIODS] for start in range(0, len(periods), MOST_PERIODS)]
    tasks = [(chunk, question) for chunk in chunks for question in plan(possible, chunk, lists, population)]
    queries = [
        (question.name, rendered(question.query(everybody), "spark", periods=len(chunk))) for chunk, question in tasks
    ]

    def told(place: int) -> None:
        if progress:
            progress(place / len(tasks), tasks[place][1].name)

    sums: dict[tuple[str, Period], dict[tuple[Cell, Levels], Tally]] = {}
    for (chunk, question), rows in zip(tasks, ours.all_rows(queries, told), strict=True):
        for row in rows:
            for (place, k), cell, levels, adds in question.read(row):
                by_stratum = sums.setdefault((possible[place].id, chunk[k]), {})
                by_stratum[cell, levels] = by_stratum.get((cell, levels), NOTHING) + adds
    if progress:
        progress(1.0, "done")
    return sums


def general_population(ours: OurSpark) -> GeneralPopulation:
    """The general population of the records."""
    return GeneralPopulation.of_rows(_rows(ours, "population"), _rows(ours, "population_deaths"))


def _rows(ours: OurSpark, table: str) -> list[dict[str, Any]]:
    frame = ours.session.table(table)
    return [dict(zip(frame.columns, row, strict=True)) for row in ours.rows(f"SELECT * FROM {table}", table)]
