"""Whether quality schedule and schedules speak of parties and services that there are."""

from collections.abc import Iterator

from obc.domain.contract.agreement.contract import Parts
from obc.domain.contract.agreement.finding import At, Finding, not_found

QUALITY, SCHEDULES = "quality.yaml", "schedules.yaml"
_PARTIES: tuple[tuple[str, At], ...] = (("contract.yaml", ("parties",)), ("contract.yaml", ("commissioners",)))


def schedule_findings(parts: Parts) -> Iterator[Finding]:
    """Services that follow from the vision and are not in the finance file; parties that the contract does not have."""
    vision = parts.quality.vision if parts.quality else None
    services = tuple(one.id for one in parts.finance.services) if parts.finance else ()
    for i, follows in enumerate(vision.scope_that_follows if vision and parts.finance else ()):
        if follows.service not in services:
            yield not_found(
                QUALITY, ("vision", "scope that follows", i, "service"), follows.service, "service", services
            )
    if parts.agreement is None or parts.agreement.parties.from_values:
        return
    known = parts.agreement.party_ids
    for at, party in parts.schedules.parties() if parts.schedules else ():
        if party not in known:
            stranger = not_found(SCHEDULES, at, party, "party", known)
            yield stranger.model_copy(update={"rests_on": ((SCHEDULES, at), *_PARTIES)})
