"""Whether the segments that the framework speaks of are defined."""

from collections.abc import Iterator

from obc.domain.contract.agreement.contract import Parts
from obc.domain.contract.agreement.finding import At, Finding, not_found
from obc.domain.measurement.indicators.values import ALL
from obc.domain.outcomes.framework.framework import Framework, SegmentTerms, SegmentWeight

FILE = "framework.yaml"


def segment_findings(parts: Parts) -> Iterator[Finding]:
    """Segments with weights, baselines or thresholds that segments.yaml does not define."""
    if parts.framework is None or "segments.yaml" in parts.unread:
        return
    defined = tuple(rule.id for rule in parts.segmentation.segments) if parts.segmentation else ()
    for at, segment in _segments_named(parts.framework):
        if segment not in (*defined, ALL):
            yield not_found(FILE, at, segment, "segment", defined)


def _segments_named(framework: Framework) -> Iterator[tuple[At, str]]:
    named: list[tuple[At, tuple[SegmentWeight | SegmentTerms, ...]]] = [(("segments",), framework.segments)]
    for i, outcome in enumerate(framework.outcomes):
        for j, use in enumerate(outcome.indicators):
            named.append((("outcomes", i, "indicators", j, "segments"), use.segments))
    for at, entries in named:
        for k, entry in enumerate(entries):
            yield (*at, k, "segment"), entry.segment
