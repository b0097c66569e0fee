"""The score grid: which scores of the mental health clustering tool fit which cluster.

The published grids are not freely readable, so none comes with obc: the shipped one is empty and fits nothing. Who
holds a booklet can write its grid as a file. The clinician decides the cluster in any case; a grid only says which
clusters the scores allow, so that recorded clusters can be checked against them.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, model_validator

from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.problem import wrong

Scale = Literal["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "A", "B", "C", "D", "E"]
"""1 to 12 are those of HoNOS, 13 strong unreasonable beliefs; A to E look back further."""

MOST = 4
"""Scales run from 0 (no problem) to 4 (very severe). 9, not known, is no score."""

_RANGE = re.compile(r"\s*([0-4])\s*(?:-\s*([0-4])\s*)?")
_CLUSTER = re.compile(r"0[0-8]|1\d|2[01]")


class Range(BaseModel):
    """From one score to another, both included. Written `2-4`, or `0` for a single score."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    least: int
    most: int

    def __contains__(self, score: Decimal) -> bool:
        return self.least <= score <= self.most

    def __str__(self) -> str:
        return f"{self.least}-{self.most}"


def _range(given: Any) -> Any:
    if not isinstance(given, str):
        return given
    found = _RANGE.fullmatch(given)
    if not found or (found[2] and found[2] < found[1]):
        raise wrong(f"'{given}'", f"write scores from 0 to {MOST}, the lower first: '2-4', or '0'")
    return {"least": int(found[1]), "most": int(found[2] or found[1])}


class ScaleRange(BaseModel):
    """What a cluster asks of one scale."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    scale: Scale
    within: Annotated[Range, BeforeValidator(_range), PlainSerializer(str)]


def _ranges(given: Any) -> Any:
    if isinstance(given, dict):
        return [{"scale": scale, "within": within} for scale, within in given.items()]
    return given


Ranges = Annotated[tuple[ScaleRange, ...], BeforeValidator(_ranges)]
"""In YAML a mapping of scale to range."""


class Profile(BaseModel):
    """One cluster: what its scores must be, and what they are expected to be."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    cluster: str
    must: Ranges
    expected: Ranges = ()

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if not _CLUSTER.fullmatch(self.cluster):
            raise wrong(f"the cluster '{self.cluster}'", "write two digits, 00 to 21; 09 is blank and must not be used")
        scales = [entry.scale for entry in (*self.must, *self.expected)]
        twice = sorted({scale for scale in scales if scales.count(scale) > 1})
        if twice:
            raise wrong(f"scale {', '.join(twice)} twice in cluster {self.cluster}", "give every scale one range")
        if not self.must:
            raise wrong(f"cluster {self.cluster} without 'must'", "such a cluster would fit everybody; leave it out")
        return self


class ScaleItem(BaseModel):
    """The codes under which a scale stands in the records."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    scale: Scale
    codes: tuple[str, ...]


def _items(given: Any) -> Any:
    if isinstance(given, dict):
        return [{"scale": scale, "codes": codes} for scale, codes in given.items()]
    return given


class Fit(BaseModel):
    """A cluster that the scores allow: how many of the expected ranges they meet, of how many."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    cluster: str
    met: int
    expected: int


class ScoreGrid(BaseModel):
    """The profiles of one edition, and the codes of the scales."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Slug
    title: str
    edition: str
    source: str
    items: Annotated[tuple[ScaleItem, ...], BeforeValidator(_items)]
    clusters: tuple[Profile, ...] = ()

    @model_validator(mode="after")
    def _once(self) -> Self:
        codes = [code for item in self.items for code in item.codes]
        if twice := sorted({code for code in codes if codes.count(code) > 1}):
            raise wrong(f"{', '.join(twice)} for two scales", "a code stands for one scale")
        clusters = [profile.cluster for profile in self.clusters]
        if twice := sorted({cluster for cluster in clusters if clusters.count(cluster) > 1}):
            raise wrong(f"cluster {', '.join(twice)} twice", "write every cluster once")
        known = {item.scale for item in self.items}
        asked = {entry.scale for profile in self.clusters for entry in (*profile.must, *profile.expected)}
        if missing := [scale for scale in get_args(Scale) if scale in asked - known]:
            raise wrong(f"no codes for scale {', '.join(missing)}", "add them under 'items', or nothing can meet it")
        return self

    def fits(self, scores: Mapping[str, Decimal]) -> tuple[Fit, ...]:
        """The clusters whose every `must` is met by scores by item code, those that meet most expectations first.

        A scale without a score meets nothing: not known is not nought. Of equals the lower cluster comes first.
        """
        by_scale = {
            item.scale: score
            for item in self.items
            for code in item.codes
            if (score := scores.get(code)) is not None and 0 <= score <= MOST
        }
        found = [
            Fit(cluster=profile.cluster, met=_met(profile.expected, by_scale), expected=len(profile.expected))
            for profile in self.clusters
            if _met(profile.must, by_scale) == len(profile.must)
        ]
        return tuple(sorted(found, key=lambda fit: (fit.expected - fit.met, fit.cluster)))


def _met(ranges: tuple[ScaleRange, ...], scores: Mapping[Scale, Decimal]) -> int:
    return sum(entry.scale in scores and scores[entry.scale] in entry.within for entry in ranges)
