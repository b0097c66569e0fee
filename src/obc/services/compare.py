"""Compare: one place of a published file among its peers."""

from collections.abc import Sequence
from typing import NamedTuple

from obc.domain.core.kernel.problem import Problem, Problems
from obc.domain.outcomes.monitoring.comparators import Comparator, Comparison, compared


class Compared(NamedTuple):
    """The place itself, the nation where the file has it, and the peers with their centre."""

    own: Comparator
    nation: Comparator | None
    among: Comparison


def compare_places(given: Sequence[Comparator], area: str, peers: Sequence[str], nation: str = "England") -> Compared:
    """`area` among all places of its kind, or among the `peers` named. Raises `Problems` for a place that is not there.

    Parts of places (categories) and other periods than the area's own are left out.
    """
    whole = [one for one in given if not one.category_type]
    own = _found(whole, area)
    same = [one for one in whole if (one.area_type, one.period, one.ends) == (own.area_type, own.period, own.ends)]
    chosen = [one for one in same if not peers or one.area in {area, *peers}]
    for peer in peers:
        _found(chosen, peer)
    national = next((one for one in whole if one.area_type == nation or one.name == nation), None)
    return Compared(own, national, compared(chosen))


def _found(places: Sequence[Comparator], area: str) -> Comparator:
    for one in reversed(places):
        if one.area == area:
            return one
    expected = f"write one of {', '.join(sorted({one.area for one in places})[:20])} …"
    raise Problems((Problem(file="the published file", where="area", found=f"no place '{area}'", expected=expected),))
