"""Measuring elsewhere: the plan's queries in another dialect, answered by whatever runs them."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.factors import Levels
from obc.domain.measurement.indicators.general_population import GeneralPopulation
from obc.domain.measurement.indicators.tally import NOTHING, Cell, Tally
from obc.engine.dialects.rendering import rendered
from obc.engine.indicators.buckets import everybody
from obc.engine.indicators.filters import CodeLists
from obc.engine.indicators.masks import MOST_PERIODS
from obc.engine.indicators.measure import Progress, Sums
from obc.engine.indicators.plan import plan

Rows = Sequence[tuple[Any, ...]]
Told = Callable[[int], None]
"""Called with the place of a query before its rows are waited for."""
Ask = Callable[[Sequence[tuple[str, str]], Told], Iterator[Rows]]
"""Answers queries (what each is about, and its text) in their order. The engine cuts the people into parts itself."""


def sums_elsewhere(
    ask: Ask,
    dialect: str,
    definitions: Sequence[IndicatorDefinition],
    lists: CodeLists,
    periods: Sequence[Period],
    population: GeneralPopulation | None = None,
    progress: Progress | None = None,
) -> Sums:
    """The sums of all definitions and periods by segment, provider and stratum, as `tally_strata` gives them."""
    chunks = [periods[start : start + MOST_PERIODS] for start in range(0, len(periods), MOST_PERIODS)]
    tasks = [(chunk, question) for chunk in chunks for question in plan(definitions, chunk, lists, population)]
    queries = [
        (question.name, rendered(question.query(everybody), dialect, periods=len(chunk))) for chunk, question in tasks
    ]

    def told(place: int) -> None:
        if progress:
            progress(place / len(tasks), tasks[place][1].name)

    sums: dict[tuple[str, Period], dict[tuple[Cell, Levels], Tally]] = {}
    for (chunk, question), rows in zip(tasks, ask(queries, told), strict=True):
        for row in rows:
            for (place, k), cell, levels, adds in question.read(row):
                by_stratum = sums.setdefault((definitions[place].id, chunk[k]), {})
                by_stratum[cell, levels] = by_stratum.get((cell, levels), NOTHING) + adds
    if progress:
        progress(1.0, "done")
    return sums
