"""Guarding against gaming: values and, where they are at hand, the records they came from."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from obc.bootstrap.measuring import records_of
from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.records.plain_counts import PlainCounts
from obc.domain.measurement.segmentation.membership import SegmentCounts
from obc.domain.measurement.segmentation.score_grid import ScoreGrid
from obc.domain.measurement.segmentation.segmentation import Segmentation
from obc.domain.outcomes.guarding.guard import Guarded
from obc.engine.plain_counts.count import plain_counts
from obc.engine.session import Session
from obc.engine.values_file import read_values
from obc.loaders.places import DEFINITIONS
from obc.loaders.whole import read_whole
from obc.services.guard import guard_contract

GRID = DEFINITIONS / "score_grids" / "mental-health-clustering-tool.yaml"
"""Names the items of the clustering tool, whose totals stand beside the clusters."""


class _Counted:
    """A session of records, counted with the shipped names of the scales."""

    def __init__(self, session: Session):
        self.session = session

    def segment(self, segmentation: Segmentation, until: date) -> SegmentCounts:
        """See `Session`."""
        return self.session.segment(segmentation, until)

    def plain_counts(
        self, definitions: Sequence[IndicatorDefinition], periods: Sequence[Period], providers: Sequence[str]
    ) -> PlainCounts:
        """The plain counts of the periods."""
        return plain_counts(self.session, definitions, periods, providers, read_whole(GRID, ScoreGrid))


def guard(contract: Contract, values: Path, records: Path | None, mapping: str | None) -> Guarded:
    """Every look at a contract's figures. Raises `Problems`."""
    held = read_values(values)
    if records is None:
        return guard_contract(contract, held)
    with records_of(contract, records, mapping) as session:
        return guard_contract(contract, held, _Counted(session))


def write_guarded(found: Guarded, contract: Contract, out: Path) -> tuple[Path, ...]:
    """Write what was looked at as a page and PDF with its charts."""
    from obc.reports.gaming import write_gaming as write

    return write(found, contract, out)
