"""Suppression: which cells of a table must not be shown, so that no small count can be read or worked out.

Primary: a cell with a small count. Secondary: further cells, so that no difference of shown cells gives a hidden one
back, nor a small sum of hidden ones (Hundepool and others 2012, Statistical Disclosure Control, chapter 4).
"""

from collections.abc import Mapping, Sequence
from typing import Annotated

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from obc.domain.measurement.indicators.values import ALL

Place = tuple[str, ...]
"""A cell's label on each axis; `all` is the total of an axis."""
Counts = tuple[int, ...]
"""The counts of people that a cell shows: of a proportion those counted, the whole, and the rest."""


class Profile(BaseModel):
    """A named way of publishing: counts from 1 to `suppressed_to` are hidden, others rounded to `rounded_to`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    says: str
    suppressed_to: Annotated[int, Field(ge=0)] = 0
    rounded_to: Annotated[int, Field(ge=1)] = 1

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
        more = _exposed_by_line(table, lines, found, profile) or _exposed_by_all(table, lines, found)
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
    table: Mapping[Place, Counts], lines: Sequence[tuple[Place, tuple[Place, ...]]], found: set[Place]
) -> set[Place]:
    """One more cell for the first hidden one that all lines together determine."""
    columns = {place: i for i, place in enumerate(sorted(found))}
    touched = [(total, parts) for total, parts in lines if found & {total, *parts}]
    if not touched:
        return set()
    known = np.zeros((len(touched), len(columns)))
    for row, (total, parts) in enumerate(touched):
        for place, sign in ((total, -1.0), *((part, 1.0) for part in parts)):
            if place in columns:
                known[row, columns[place]] = sign
    _, sizes, directions = np.linalg.svd(known)
    free = directions[int((sizes > 1e-9).sum()) :]
    for place, column in columns.items():
        if np.abs(free[:, column]).max(initial=0.0) < 1e-9:
            for total, parts in touched:
                if place in (total, *parts) and (more := _next(table, total, parts, found)):
                    return more
    return set()


def _next(table: Mapping[Place, Counts], total: Place, parts: Sequence[Place], found: set[Place]) -> set[Place]:
    """The smallest part still shown that counts anybody, else any part, else the total."""
    shown = [place for place in parts if place not in found]
    counting = [place for place in shown if max(table[place]) > 0] or shown
    if counting:
        return {min(counting, key=lambda place: (max(table[place]), place))}
    return {total} - found
