"""Whether the parties have the roles that the structure asks for, and only parties sign."""

from collections.abc import Iterator

from obc.domain.contract.agreement.contract import Parts
from obc.domain.contract.agreement.finding import At, Finding, not_found
from obc.domain.contract.agreement.party import HOLDER

FILE = "contract.yaml"
RESTS_ON: tuple[tuple[str, At], ...] = ((FILE, ("structure",)), (FILE, ("parties",)))


def party_findings(parts: Parts) -> Iterator[Finding]:
    """Signatories who are no party; roles that are missing, doubled or out of place.

    Of parties that come from the values neither is known.
    """
    agreement = parts.agreement
    if agreement is None or agreement.parties.from_values:
        return
    for i, signatory in enumerate(agreement.signatories):
        if signatory.party not in agreement.party_ids:
            stranger = not_found(FILE, ("signatories", i, "party"), signatory.party, "party", agreement.party_ids)
            yield stranger.model_copy(update={"rests_on": (*RESTS_ON, (FILE, ("commissioners",)))})
    structure = agreement.structure
    roles = [provider.role for provider in agreement.providers]
    holder = HOLDER[structure]
    if holder is None and len(roles) < 2:
        yield _finding(("parties",), f"{len(roles)} provider", f"{_a(structure)} has at least two")
    if holder and roles.count(holder) != 1:
        found = f"{roles.count(holder)} parties with the role '{holder}'"
        yield _finding(("parties",), found, f"with the structure '{structure}' there is exactly one")
    for role in ("lead provider", "specialist integrator"):
        if role in roles and role != holder:
            expected = f"give another role, or write 'structure: {role}'"
            yield _finding(("parties", roles.index(role), "role"), f"the role '{role}' in {_a(structure)}", expected)


def _finding(at: At, found: str, expected: str) -> Finding:
    return Finding(file=FILE, at=at, found=found, expected=expected, rests_on=RESTS_ON)


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
