"""All plain counts of records that are open and segmented."""

from collections.abc import Sequence

from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.records.plain_counts import PlainCounts
from obc.domain.measurement.segmentation.score_grid import ScoreGrid
from obc.engine.plain_counts.assessed import clustered, rated
from obc.engine.plain_counts.care import care
from obc.engine.plain_counts.recorded import decided, entries
from obc.engine.plain_counts.timed import timed
from obc.engine.session import Session


def plain_counts(
    session: Session,
    definitions: Sequence[IndicatorDefinition],
    periods: Sequence[Period],
    providers: Sequence[str],
    grid: ScoreGrid,
) -> PlainCounts:
    """The counts of the periods, after `Session.segment`. What the extract does not have is not counted."""
    connection, absent = session.connection, session.report.absent
    return PlainCounts(
        entries=tuple(entries(connection, periods, providers)),
        clusters=tuple(clustered(connection, periods, grid)),
        care=() if "activity" in absent else tuple(care(connection, periods)),
        scope=tuple(decided(connection, periods)),
        raters=tuple(rated(connection, definitions, session.lists, periods)),
        times=tuple(timed(connection, definitions, session.lists, periods, absent)),
    )
