"""What truth files are written in: keys of words with spaces, mappings of shares, courses over contract years."""

from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.problem import wrong


class Written(BaseModel):
    """A frozen model whose keys are words with spaces in the file."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=lambda name: name.replace("_", " "),
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
    )


def _pairs(given: Any) -> Any:
    return tuple(given.items()) if isinstance(given, dict) else given


def _whole(mix: tuple[tuple[str, float], ...]) -> tuple[tuple[str, float], ...]:
    total = sum(share for _, share in mix)
    if abs(total - 1) > 1e-6:
        raise wrong(f"shares that add up to {total:g}", "make them add up to 1")
    return mix


Share = Annotated[float, Field(ge=0, le=1)]
"""A probability, from 0 to 1."""

Mix = Annotated[tuple[tuple[str, Share], ...], BeforeValidator(_pairs), AfterValidator(_whole)]
"""Codes with their shares, which add up to 1. Written as a mapping of code to share."""

OTHERS = "others"
"""The course of every group that is not named."""


def _years(given: Any) -> Any:
    if not isinstance(given, dict):
        return given
    return tuple(
        (group, tuple(years) if isinstance(years, list | tuple) else (years,)) for group, years in given.items()
    )


class Course(BaseModel):
    """One true value by group: in the baseline year, then in contract years 1, 2 and so on.

    Written as a mapping of group to a list; the last figure holds for all later years, a single figure for
    every year. `others` stands for every group that is not named.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    groups: Annotated[
        tuple[tuple[Slug, Annotated[tuple[float, ...], Field(min_length=1)]], ...], BeforeValidator(_years)
    ]

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, given: Any) -> Any:
        return {"groups": given} if isinstance(given, dict) and set(given) != {"groups"} else given

    @model_validator(mode="after")
    def _of_others(self) -> Self:
        if OTHERS not in dict(self.groups):
            raise wrong("no value for 'others'", "add 'others: …' for the groups that are not named")
        low, high = self.bounds()
        for group, years in self.groups:
            outside = [year for year in years if not low <= year <= high]
            if outside:
                raise wrong(f"{group} at {outside[0]:g}", f"write a value from {low:g} to {high:g}")
        return self

    @classmethod
    def bounds(cls) -> tuple[float, float]:
        """The least and the greatest value it may hold."""
        return 0, 1e9

    def value(self, group: str, year: int, improvement: float) -> float:
        """The truth for a group in a contract year (0 and before: the baseline).

        `improvement` scales the way from the baseline: 0 no change, 1 as written.
        """
        found = dict(self.groups)
        years = found.get(group, found[OTHERS])
        low, high = self.bounds()
        there = years[min(max(year, 0), len(years) - 1)]
        return min(max(years[0] + improvement * (there - years[0]), low), high)


class Shares(Course):
    """A probability by group and year."""

    @classmethod
    def bounds(cls) -> tuple[float, float]:
        """Between none and all."""
        return 0, 1


class Rates(Course):
    """A rate or an amount by group and year."""
