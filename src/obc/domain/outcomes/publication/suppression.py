"""Suppression: which cells of a table must not be shown, so that no small count can be read or worked out.

Primary: a cell with a small count. Secondary: further cells, so that no difference of shown cells gives a hidden one
back, nor a small sum of hidden ones (Hundepool and others 2012, Statistical Disclosure Control, chapter 4).
"""

from collections.abc import Mapping, Sequence
from typing import Annotated

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field

from obc.domain.measurement.indicators.values import ALL

Place = tuple[str, ...]
"""A cell's label on each axis; `all` is the total of an axis."""
Counts = tuple[int, ...]
"""The counts of people that a cell shows: of a proportion those counted, the whole, and the rest."""

_PRIME = 2**31 - 1


class Profile(BaseModel):
    """A named way of publishing: counts from 1 to `suppressed_to` are hidden, others rounded to `rounded_to`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    says: str
    suppressed_to: Annotated[int, Field(ge=0)] = 0
    rounded_to: Annotated[int, Field(ge=1)] = 1

    @property
    def exact(self) -> bool:
        """Whether figures are shown as they are."""
        return self.rounded_to == 1 and not self.suppressed_to

    def small(self, counts: Counts) -> bool:
        """Whether any of the counts is too small to be shown; a true 0 is not."""
        return any(0 < count <= self.suppressed_to for count in counts)

    def rounded(self, count: int) -> int:
        """To the nearest multiple, halves up."""
        return (count * 2 + self.rounded_to) // (2 * self.rounded_to) * self.rounded_to


PROFILES = {
    profile.name: profile
    for profile in (
        Profile(name="none", says="For the parties: counts are exact and none is suppressed. Do not publish it."),
        Profile(
            name="nhs",
            says="Counts from 1 to 7 are suppressed, with others from which they could be worked out; the rest are "
            "rounded to the nearest 5, and percentages and rates are worked out from the rounded counts.",
            suppressed_to=7,
            rounded_to=5,
        ),
        Profile(
            name="below-5",
            says="Counts below 5, other than 0, are suppressed, with others from which they could be worked out.",
            suppressed_to=4,
        ),
    )
}


def hidden(table: Mapping[Place, Counts], profile: Profile) -> frozenset[Place]:
    """The places whose cells must not be shown: primary and secondary.

    Readers are taken to know that parts add up to their total on every axis, even where some are in no part.
    """
    found = {place for place, counts in table.items() if profile.small(counts)}
    lines = _lines(table)
    while True:
        more = _exposed_by_line(table, lines, found, profile) or _exposed_by_all(table, lines, found, profile)
        if not more:
            return frozenset(found)
        found |= more


def _lines(table: Mapping[Place, Counts]) -> list[tuple[Place, tuple[Place, ...]]]:
    """Each total with its parts, along each axis."""
    parts: dict[Place, dict[int, list[Place]]] = {}
    for place in sorted(table):
        for axis, label in enumerate(place):
            total = (*place[:axis], ALL, *place[axis + 1 :])
            if label != ALL and total in table:
                parts.setdefault(total, {}).setdefault(axis, []).append(place)
    return [(total, tuple(line)) for total, axes in parts.items() for line in axes.values()]


def _exposed_by_line(
    table: Mapping[Place, Counts],
    lines: Sequence[tuple[Place, tuple[Place, ...]]],
    found: set[Place],
    profile: Profile,
) -> set[Place]:
    """One more cell for each line that gives a hidden one, or a small sum of hidden ones, away."""
    more: set[Place] = set()
    for total, parts in lines:
        unknown = [place for place in (total, *parts) if place in found]
        exposed = len(unknown) == 1
        if len(unknown) > 1 and total not in found:
            left = [
                table[total][i] - sum(table[part][i] for part in parts if part not in found)
                for i in range(len(table[total]))
            ]
            exposed = profile.small(tuple(left))
        if exposed and not more & {total, *parts}:
            more |= _next(table, total, parts, found)
    return more


def _exposed_by_all(
    table: Mapping[Place, Counts],
    lines: Sequence[tuple[Place, tuple[Place, ...]]],
    found: set[Place],
    profile: Profile,
) -> set[Place]:
    """Further cells for the small counts that all lines together, and that no count is below 0, determine.

    A hidden count can move where some change of the hidden counts keeps every sum, and so can it on either side where
    that change leaves alone what is 0 and cannot fall. Looked at for each kind of count by itself.
    """
    more: set[Place] = set()
    for kind in range(len(next(iter(table.values()), ()))):
        counting = sorted(place for place in found if table[place][kind] > 0)
        columns = {place: i for i, place in enumerate(counting)}
        touched = [(total, parts) for total, parts in lines if not columns.keys().isdisjoint((total, *parts))]
        if not touched:
            continue
        known = np.zeros((len(touched), len(columns)), dtype=np.int64)
        for row, (total, parts) in enumerate(touched):
            for place, sign in ((total, -1), *((part, 1) for part in parts)):
                if place in columns:
                    known[row, columns[place]] = sign
        fixed = _determined(known)
        for place, column in columns.items():
            if fixed[column] and profile.small((table[place][kind],)):
                own = [(total, parts) for total, parts in touched if place in (total, *parts)]
                if not any(more & {total, *parts} for total, parts in own):
                    more |= next(filter(None, (_next(table, total, parts, found, kind) for total, parts in own)), set())
    return more


def _determined(known: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Which unknowns (columns) the sums (rows) fix: those that elimination leaves alone in a row.

    Whole numbers modulo a prime, so that no rounding has to be forgiven: with entries of 1 and -1 nothing that is
    there vanishes but where the prime divides a determinant, which is as good as never.
    """
    work, fixed = known % _PRIME, np.zeros(known.shape[1], dtype=np.bool_)
    done: list[int] = []
    for column in range(known.shape[1]):
        row = len(done)
        below = np.flatnonzero(work[row:, column])
        if not below.size:
            continue
        work[[row, row + below[0]]] = work[[row + below[0], row]]
        work[row] = work[row] * pow(int(work[row, column]), -1, _PRIME) % _PRIME
        others = np.flatnonzero(work[:, column])
        others = others[others != row]
        work[others] = (work[others] - work[others, column, None] * work[row]) % _PRIME
        done.append(column)
        if len(done) == len(work):
            break
    for row, column in enumerate(done):
        fixed[column] = np.count_nonzero(work[row]) == 1
    return fixed


def _next(
    table: Mapping[Place, Counts], total: Place, parts: Sequence[Place], found: set[Place], kind: int | None = None
) -> set[Place]:
    """The smallest part still shown that counts anybody (of one kind), else the total, else any part."""
    shown = [place for place in parts if place not in found]
    counting = [place for place in shown if (max(table[place]) if kind is None else table[place][kind]) > 0]
    if counting:
        return {min(counting, key=lambda place: (max(table[place]), place))}
    return {total} - found or set(shown[:1])
