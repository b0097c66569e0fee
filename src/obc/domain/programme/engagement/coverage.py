"""The tiers of the outcomes hierarchy: whether the framework covers the whole cycle of care."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from obc.domain.outcomes.framework.framework import TIERS, Outcome
from obc.domain.programme.engagement.missing import Missing


class TierLevel(BaseModel):
    """One of the six levels, the tier it is of, and the outcomes on it (Porter 2010, NEJM 363: 2477–2481)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    tier: str
    level: str
    outcomes: tuple[str, ...]


def coverage(outcomes: Sequence[Outcome]) -> tuple[TierLevel, ...]:
    """The outcomes on each level, in the order of the hierarchy."""
    return tuple(
        TierLevel(tier=tier, level=level, outcomes=tuple(one.id for one in outcomes if one.tier == level))
        for tier, levels in TIERS
        for level in levels
    )


def uncovered(found: Sequence[TierLevel]) -> tuple[Missing, ...]:
    """Tiers on none of whose levels an outcome stands."""
    covered = {one.tier for one in found if one.outcomes}
    said = "no outcome stands on it: the contract would not see this part of people's way through care"
    return tuple(
        Missing(what="an outcome", which=tier, says=said)
        for tier in dict.fromkeys(one.tier for one in found)
        if tier not in covered
    )
