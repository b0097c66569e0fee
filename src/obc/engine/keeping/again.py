"""Measuring again: sums that are kept and still good are taken, the others are measured and kept."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import duckdb

from obc.domain.core.kernel.period import Period
from obc.domain.core.kernel.provenance import digest
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.general_population import GeneralPopulation
from obc.domain.measurement.indicators.strata import ByStratum
from obc.engine.indicators.filters import CodeLists
from obc.engine.indicators.groups import grouped
from obc.engine.indicators.measure import Progress, Sums, tally_strata
from obc.engine.keeping.kept import Kept
from obc.engine.keeping.marks import Marks
from obc.engine.keeping.reach import reaches

Asked = tuple[str, Period]
"""An indicator and a period."""


class Reuse(NamedTuple):
    """How many sums of an indicator and a period were taken as kept, and how many were measured."""

    kept: int
    measured: int


def tally_again(
    connection: duckdb.DuckDBPyConnection,
    definitions: Sequence[IndicatorDefinition],
    code_lists: CodeLists,
    periods: Sequence[Period],
    population: GeneralPopulation | None,
    kept: Kept,
    progress: Progress | None = None,
) -> tuple[Sums, Reuse]:
    """The same sums as `tally_strata` gives. What is measured is kept part by part, so that a run that ends early
    leaves all that it had finished to the next.
    """
    fingerprints = _fingerprints(connection, definitions, code_lists, periods, kept)
    sums: dict[Asked, ByStratum] = {}
    for asked, fingerprint in fingerprints.items():
        found = kept.read(fingerprint)
        if found is not None:
            sums[asked] = found
    reused = len(sums)
    parts = _parts(definitions, periods, sums)
    for done, (together, when) in enumerate(parts):
        told = _within(progress, done, len(parts)) if progress else None
        measured = tally_strata(connection, together, code_lists, when, population, progress=told)
        for definition in together:
            for period in when:
                asked = definition.id, period
                sums[asked] = measured.get(asked, {})
                kept.write(fingerprints[asked], sums[asked])
    if progress:
        progress(1.0, "done")
    return {asked: found for asked, found in sums.items() if found}, Reuse(reused, len(fingerprints) - reused)


def _fingerprints(
    connection: duckdb.DuckDBPyConnection,
    definitions: Sequence[IndicatorDefinition],
    code_lists: CodeLists,
    periods: Sequence[Period],
    kept: Kept,
) -> Mapping[Asked, str]:
    """What each sum depends on: the definition, the code lists, the rows it can see, and the code that measures."""
    marks = Marks(connection)
    versions = [
        kept.version,
        duckdb.__version__,
        digest({name: lists.model_dump() for name, lists in code_lists.items()}),
    ]
    return {
        (definition.id, period): digest(
            [
                *versions,
                definition,
                period,
                sorted((*map(str, reach), *map(str, marks.of(reach))) for reach in reaches(definition, period)),
            ]
        )
        for definition in definitions
        for period in periods
    }


def _parts(
    definitions: Sequence[IndicatorDefinition], periods: Sequence[Period], found: Mapping[Asked, ByStratum]
) -> list[tuple[list[IndicatorDefinition], tuple[Period, ...]]]:
    """What remains to be measured: definitions that share a query and the periods they lack, one part together."""
    query = {place: number for number, group in enumerate(grouped(definitions)) for place, _ in group.members}
    parts: dict[tuple[int, tuple[Period, ...]], list[IndicatorDefinition]] = {}
    for place, definition in enumerate(definitions):
        lacking = tuple(period for period in periods if (definition.id, period) not in found)
        if lacking:
            parts.setdefault((query.get(place, -1), lacking), []).append(definition)
    return [(together, lacking) for (_, lacking), together in parts.items()]


def _within(progress: Progress, done: int, of: int) -> Progress:
    return lambda share, name: progress((done + share) / of, name)
