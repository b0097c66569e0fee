"""Conflicts of interest with bidders: who declared what, and what becomes of it (SI 2023/1348, regulation 21)."""

from pydantic import BaseModel, ConfigDict

from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import People
from obc.domain.programme.procurement.assessment import Assessment


class Conflict(BaseModel):
    """Somebody of the programme who works for a bidder, or declared an interest in one; takes no part in judging."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    person: Slug
    office: str
    bidder: Slug
    says: str
    judges: bool


def declared(rules: Assessment, people: People) -> tuple[Conflict, ...]:
    """Every conflict with a bidder. `judges`: the rules name this person all the same, and every act is refused."""
    parts = {*rules.assessors, rules.moderator, rules.decides}
    return tuple(
        Conflict(person=one.id, office=one.name, bidder=bidder.id, says=says, judges=one.id in parts)
        for one in people.people
        for bidder in rules.bidders
        if (says := one.conflict_with(*bidder.names))
    )
