"""How recorded clusters agree with a score grid: the scores of the day on which each was recorded, against ranges."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

import duckdb
from pydantic import BaseModel, ConfigDict

from obc.domain.measurement.segmentation.score_grid import ScoreGrid


class GridAgreement(BaseModel):
    """Of `recorded` clusters, `scored` have scores of the same day; of these, so many fit the cluster recorded,
    only another one, or none. Counts only. Clinical judgement is final: a cluster that does not fit is no error.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    grid: str
    edition: str
    recorded: int
    scored: int
    fits: int
    fits_another: int
    fits_none: int


def agreement(connection: duckdb.DuckDBPyConnection, grid: ScoreGrid) -> GridAgreement:
    """Set the clusters of the records against `grid`. An empty grid fits nothing."""
    recorded = connection.execute("SELECT count(*) FROM clusters").fetchall()[0][0]
    counts = {"fits": 0, "fits_another": 0, "fits_none": 0}
    scored = 0
    for cluster, scores in _scored(connection):
        scored += 1
        fitting = [fit.cluster for fit in grid.fits(scores)]
        counts["fits" if cluster in fitting else "fits_another" if fitting else "fits_none"] += 1
    return GridAgreement(grid=grid.id, edition=grid.edition, recorded=recorded, scored=scored, **counts)


def _scored(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, dict[str, Decimal]]]:
    """Each recorded cluster that has scores, with the scores of its day by item; of two the higher."""
    rows = connection.execute(
        "SELECT c.cluster_id, c.cluster, s.item, max(s.score) FROM clusters c "
        "JOIN scores s ON s.person_id = c.person_id AND s.happened = c.happened "
        "WHERE s.score IS NOT NULL GROUP BY c.cluster_id, c.cluster, s.item ORDER BY c.cluster_id, s.item"
    ).fetchall()
    for (_, cluster), of_one in groupby(rows, key=lambda row: (row[0], row[1])):
        yield cluster, {item: score for _, _, item, score in of_one}
