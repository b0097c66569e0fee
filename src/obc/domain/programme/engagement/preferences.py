"""Preferences: how those who took part rank the outcomes."""

from collections.abc import Iterator
from typing import Self

from pydantic import Field, model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Text
from obc.domain.core.kernel.problem import wrong


class Ballot(Written):
    """One order of outcomes, first the one that matters most, and how many `people` of a group gave it.

    An order may stop early: what it leaves out matters less than what it ranks, and nothing more is known.
    """

    group: Slug
    ranks: tuple[Slug, ...] = Field(min_length=1)
    people: int = Field(default=1, ge=1)


class Compared(Written):
    """Two groups whose priorities are to be held against each other."""

    one: Slug
    other: Slug


class Preferences(Written):
    """What was asked, and every order that was given.

    `fewest`: a group of fewer people is neither shown apart nor weighed, for its order would be chance and could tell
    who said what. `draws` and `seed`: how often people are drawn anew to see how sure the order is.
    """

    asked: Text
    fewest: int = Field(default=10, ge=2)
    compare: tuple[Compared, ...] = ()
    draws: int = Field(default=1_000, ge=200, le=100_000)
    seed: int = Field(default=1, ge=0)
    ballots: tuple[Ballot, ...] = Field(min_length=1)
    source: Text

    @model_validator(mode="after")
    def _sound(self) -> Self:
        for i, ballot in enumerate(self.ballots):
            twice = next((one for k, one in enumerate(ballot.ranks) if one in ballot.ranks[:k]), None)
            if twice:
                raise wrong(f"'{twice}' ranked twice", "rank each outcome once", "ballots", i, "ranks")
        sizes = self.sizes()
        for i, pair in enumerate(self.compare):
            for name in (pair.one, pair.other):
                if name not in sizes:
                    found = f"'{name}', who gave no order"
                    raise wrong(found, f"compare {', '.join(sizes)}", "compare", i)
        return self

    def sizes(self) -> dict[str, int]:
        """How many people of each group gave an order."""
        found: dict[str, int] = {}
        for ballot in self.ballots:
            found[ballot.group] = found.get(ballot.group, 0) + ballot.people
        return found

    def named(self) -> Iterator[tuple[int, str]]:
        """Every outcome that a ballot ranks, with the position of the ballot."""
        for i, ballot in enumerate(self.ballots):
            for name in ballot.ranks:
                yield i, name
