"""Compare: one place of a published file among its peers."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from obc.domain.core.kernel.problem import Problem, Problems, refusal
from obc.domain.outcomes.monitoring.comparators import Comparator, Comparison, compared, peers_in_part, peers_like
from obc.domain.outcomes.monitoring.equality import Split, splits_published


class Compared(NamedTuple):
    """The place itself, the nation and other places drawn as lines, the peers with their centre, and its divisions."""

    own: Comparator
    nation: Comparator | None
    among: Comparison
    lines: tuple[Comparator, ...] = ()
    splits: tuple[Split, ...] = ()


class ByDeprivation(NamedTuple):
    """Peers by how deprived places are: scores by code or name; the `nearest` so many, else the same tenth."""

    scores: Mapping[str, float]
    nearest: int | None = None


def compare_places(
    given: Sequence[Comparator],
    area: str,
    peers: Sequence[str],
    nation: str = "England",
    lines: Sequence[str] = (),
    like: ByDeprivation | None = None,
) -> Compared:
    """`area` among all places of its kind, among the `peers` named, or among those `like` it.

    `lines`: other places (its integrated care board) whose figures are drawn beside. Parts of places are its
    divisions; other periods than the area's own are left out. Raises `Problems` for a place that is not there.
    """
    whole = [one for one in given if not one.category_type]
    own = _found(whole, area)
    same = [one for one in whole if (one.area_type, one.period, one.ends) == (own.area_type, own.period, own.ends)]
    if like is not None:
        peers = _like(own, same, like)
    chosen = [one for one in same if not peers or one.area in {area, *peers}]
    for peer in peers:
        _found(chosen, peer)
    national = next((one for one in whole if one.area_type == nation or one.name == nation), None)
    others = tuple(_found(whole, line) for line in lines)
    dated = [one for one in given if (one.period, one.ends) == (own.period, own.ends)]
    return Compared(own, national, compared(chosen), others, splits_published(dated, area))


def _like(own: Comparator, places: Sequence[Comparator], like: ByDeprivation) -> tuple[str, ...]:
    """Places whose codes or names have a score; names are compared by their letters, since sources write them so."""
    scores = {_letters(name): score for name, score in like.scores.items()}
    known = {}
    for one in places:
        score = scores.get(_letters(one.area), scores.get(_letters(one.name)))
        if score is not None:
            known[one.area] = score
    if own.area not in known:
        found = f"no score for {own.area} ({own.name})"
        raise refusal("--deprivation", "the file of scores", found, "give a file with its code or its name")
    return peers_like(own.area, known, like.nearest) if like.nearest else peers_in_part(own.area, known)


def _letters(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum())


def _found(places: Sequence[Comparator], area: str) -> Comparator:
    for one in reversed(places):
        if one.area == area:
            return one
    expected = f"write one of {', '.join(sorted({one.area for one in places})[:20])} …"
    raise Problems((Problem(file="the published file", where="area", found=f"no place '{area}'", expected=expected),))
