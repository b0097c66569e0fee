"""Bidders: who offers together, and which member covers which service and which factor."""

from collections.abc import Iterator, Sequence

from pydantic import BaseModel, ConfigDict, Field

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Text


class Service(Written):
    """A service that the contract buys."""

    id: Slug
    title: Text


class Member(Written):
    """An organisation that offers with others: what it would do, and which factors it strengthens."""

    id: Slug
    name: Text
    services: tuple[Slug, ...] = ()
    strengthens: tuple[Slug, ...] = ()


class Bidder(Written):
    """One or more organisations that offer together. The first member is the one that would hold the contract."""

    id: Slug
    name: Text
    members: tuple[Member, ...] = Field(min_length=1)
    source: Text

    @property
    def names(self) -> tuple[str, ...]:
        """The ids by which somebody may have an interest in it."""
        return (self.id, *(member.id for member in self.members))


class Coverage(BaseModel):
    """A service or a factor, and the members that cover it; none: a gap."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    of: Slug
    title: str
    members: tuple[Slug, ...]


class StrengthMap(BaseModel):
    """Where a consortium is strong and where it has a gap."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    bidder: Slug
    members: tuple[Slug, ...]
    services: tuple[Coverage, ...]
    factors: tuple[Coverage, ...]

    @property
    def gaps(self) -> tuple[str, ...]:
        """The services that nobody would give."""
        return tuple(one.title for one in self.services if not one.members)


def strength_map(bidder: Bidder, services: Sequence[Service], factors: Sequence[tuple[str, str]]) -> StrengthMap:
    """Which member covers which of the contract's services and which of the factors (id and title)."""
    return StrengthMap(
        bidder=bidder.id,
        members=tuple(member.id for member in bidder.members),
        services=tuple(
            Coverage(of=one.id, title=one.title, members=tuple(m.id for m in bidder.members if one.id in m.services))
            for one in services
        ),
        factors=tuple(
            Coverage(of=name, title=title, members=tuple(m.id for m in bidder.members if name in m.strengthens))
            for name, title in factors
        ),
    )


def unknown_coverage(
    bidders: Sequence[Bidder], services: Sequence[Service], factors: Sequence[str]
) -> Iterator[tuple[str, str, tuple[str | int, ...]]]:
    """Every service or factor that a member claims and the assessment does not know."""
    known = [one.id for one in services]
    for i, bidder in enumerate(bidders):
        for j, member in enumerate(bidder.members):
            for key, claimed, there in (
                ("services", member.services, known),
                ("strengthens", member.strengthens, list(factors)),
            ):
                for name in claimed:
                    if name not in there:
                        yield f"'{name}'", f"name one of {', '.join(there)}", ("bidders", i, "members", j, key)
