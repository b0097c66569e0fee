"""Whose word a contract needs: its signatories. The joint management group speaks for every commissioner."""

from collections.abc import Iterable

from obc.domain.contract.agreement.agreement import Agreement
from obc.domain.contract.workflow.rights import Role
from obc.domain.contract.workflow.submission import Consent
from obc.domain.core.kernel.people import Person


def needed(agreement: Agreement) -> tuple[str, ...]:
    """The organisations that must agree: those that sign; where none is listed, every commissioner and the holder."""
    if agreement.signatories:
        return tuple(dict.fromkeys(one.party for one in agreement.signatories))
    commissioners = [one.id for one in agreement.commissioners]
    holder = agreement.holder
    return (*commissioners, holder.id) if holder else (*commissioners, *(one.id for one in agreement.providers))


def consents(agreement: Agreement, person: Person, given: Iterable[Consent]) -> tuple[str, ...]:
    """The organisations, of those still to agree, for which this person's word counts."""
    done = {one.organisation for one in given}
    commissioners = {one.id for one in agreement.commissioners}
    speaks_for = {person.organisation} | (commissioners if Role.JOINT_GROUP in person.roles else set())
    return tuple(one for one in needed(agreement) if one in speaks_for and one not in done)


def waiting_for(agreement: Agreement, given: Iterable[Consent]) -> tuple[str, ...]:
    """The organisations whose word is still missing."""
    done = {one.organisation for one in given}
    return tuple(one for one in needed(agreement) if one not in done)


def is_commissioner(agreement: Agreement, organisation: str) -> bool:
    """Which side an organisation is on."""
    return organisation in {one.id for one in agreement.commissioners}
