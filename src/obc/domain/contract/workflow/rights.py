"""Rights: what a role may do with a contract. What is not granted here is refused."""

from collections.abc import Iterable
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """What somebody is to a contract."""

    COMMISSIONER_MANAGER = "commissioner manager"
    COMMISSIONER_FINANCE = "commissioner finance"
    JOINT_GROUP = "joint management group"
    PROVIDER_LEAD = "provider lead"
    PROVIDER_ANALYST = "provider analyst"
    PROGRAMME_MANAGER = "programme manager"
    ASSESSOR = "assessor"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    BOARD = "board"
    REPRESENTATIVE = "patient and carer representative"
    PUBLIC = "public"


class Right(StrEnum):
    """One thing that can be done."""

    READ_PUBLISHED = "read what is published"
    READ_CONTRACT = "read the contract"
    READ_AGREED = "read agreed figures before they are published"
    READ_WORKING = "read figures under review"
    SUBMIT = "submit figures"
    HAND_IN = "hand in returns beside the figures"
    REVIEW = "review figures, agree or dispute them"
    APPROVE_SETTLEMENT = "approve a settlement"
    PUBLISH = "publish a settlement"
    RAISE_CONCERN = "raise a concern about quality"
    ANSWER_CONCERN = "answer a concern about quality"
    PROPOSE_VARIATION = "propose a variation"
    DRAFT = "draft changes of the contract"
    READ_OFFERS = "read what the parties offer each other"
    OFFER = "offer a draft to the other parties"
    ANSWER_OFFER = "accept, decline or counter an offer"
    READ_PROGRAMME = "read the programme"
    ACT_IN_PROGRAMME = "act in the programme, as its own rules let you"
    READ_AUDIT = "read and export the audit trail"
    MANAGE_PEOPLE = "give and end roles"
    MANAGE_KEYS = "look after the keys of your party"
    OWN_ACCOUNT = "look after your own account"


_COMMISSIONERS = {Role.COMMISSIONER_MANAGER, Role.COMMISSIONER_FINANCE, Role.JOINT_GROUP}
_PROVIDERS = {Role.PROVIDER_LEAD, Role.PROVIDER_ANALYST}
_PARTIES = _COMMISSIONERS | _PROVIDERS
_READERS = _PARTIES | {Role.PROGRAMME_MANAGER, Role.AUDITOR, Role.BOARD}

GRANTED = MappingProxyType(
    {
        Right.READ_PUBLISHED: frozenset(Role),
        Right.READ_CONTRACT: frozenset(_READERS | {Role.REPRESENTATIVE, Role.ASSESSOR, Role.ADMINISTRATOR}),
        Right.READ_AGREED: frozenset(_READERS | {Role.REPRESENTATIVE}),
        Right.READ_WORKING: frozenset(_PARTIES | {Role.PROGRAMME_MANAGER, Role.AUDITOR}),
        Right.SUBMIT: frozenset(_PROVIDERS),
        Right.HAND_IN: frozenset(_PARTIES - {Role.JOINT_GROUP}),
        Right.REVIEW: frozenset({Role.COMMISSIONER_MANAGER, Role.JOINT_GROUP, Role.PROVIDER_LEAD}),
        Right.APPROVE_SETTLEMENT: frozenset({Role.COMMISSIONER_FINANCE, Role.JOINT_GROUP, Role.PROVIDER_LEAD}),
        Right.PUBLISH: frozenset({Role.COMMISSIONER_MANAGER, Role.JOINT_GROUP}),
        Right.RAISE_CONCERN: frozenset({Role.REPRESENTATIVE}),
        Right.ANSWER_CONCERN: frozenset({Role.COMMISSIONER_MANAGER, Role.JOINT_GROUP, Role.PROVIDER_LEAD}),
        Right.PROPOSE_VARIATION: frozenset({Role.COMMISSIONER_MANAGER, Role.PROVIDER_LEAD}),
        Right.DRAFT: frozenset(_PARTIES - {Role.JOINT_GROUP}),
        Right.READ_OFFERS: frozenset(_PARTIES | {Role.AUDITOR}),
        Right.OFFER: frozenset({Role.COMMISSIONER_MANAGER, Role.PROVIDER_LEAD}),
        Right.ANSWER_OFFER: frozenset({Role.COMMISSIONER_MANAGER, Role.PROVIDER_LEAD}),
        Right.READ_PROGRAMME: frozenset(_READERS | {Role.ASSESSOR, Role.REPRESENTATIVE}),
        Right.ACT_IN_PROGRAMME: frozenset(
            _COMMISSIONERS
            | {Role.PROGRAMME_MANAGER, Role.BOARD, Role.ASSESSOR, Role.PROVIDER_LEAD, Role.REPRESENTATIVE}
        ),
        Right.READ_AUDIT: frozenset({Role.AUDITOR}),
        Right.MANAGE_PEOPLE: frozenset({Role.ADMINISTRATOR}),
        Right.MANAGE_KEYS: frozenset(_PARTIES),
        Right.OWN_ACCOUNT: frozenset(Role) - {Role.PUBLIC},
    }
)
"""Who may do what. An administrator gives roles and reads no figures; an auditor reads all and changes nothing."""


def may(roles: Iterable[str], right: Right) -> bool:
    """Whether somebody in these roles has a right."""
    return not GRANTED[right].isdisjoint(roles)
