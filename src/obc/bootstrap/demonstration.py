"""The demonstration: a worked contract with made-up users, so that every role can be tried."""

from datetime import datetime

from obc.bootstrap import books, people, programmes
from obc.domain.contract.workflow.rights import Role
from obc.domain.core.kernel.people import Person
from obc.store.people import add_user

PASSWORD = "show me the outcomes"
"""Of every made-up user."""

LOADER = people.OPERATOR

NAMES = {
    Role.COMMISSIONER_MANAGER: "manager",
    Role.COMMISSIONER_FINANCE: "finance",
    Role.JOINT_GROUP: "joint-group",
    Role.PROVIDER_LEAD: "provider-lead",
    Role.PROVIDER_ANALYST: "analyst",
    Role.PROGRAMME_MANAGER: "programme",
    Role.ASSESSOR: "assessor",
    Role.ADMINISTRATOR: "administrator",
    Role.AUDITOR: "auditor",
    Role.BOARD: "board",
    Role.REPRESENTATIVE: "representative",
}
"""The user of each role."""


def load_programme(programme: str, at: datetime) -> programmes.HeldProgramme:
    """Take the worked programme in, with an auditor and a user for each person of its files, on a body or at work."""
    id_ = programmes.id_of(programme)
    held = programmes.held(id_) or programmes.hold(programme, LOADER, at, "the worked programme of the demonstration")
    governed = held.governance
    members = {name for body in governed.programme.bodies for name in body.members}
    for one in governed.people.people:
        role = _role_of(one, one.id in members)
        _made_up(held.id, one.id, one.name, role, one.organisation, at)
    auditor = Role.AUDITOR
    _made_up(held.id, NAMES[auditor], auditor.value.capitalize(), auditor, governed.people.people[0].organisation, at)
    return held


PLACES = (
    (("patient representative", "carer representative", "reference group chair"), Role.REPRESENTATIVE),
    (("provider lead", "provider finance lead"), Role.PROVIDER_LEAD),
    (("commissioner manager", "contract manager"), Role.COMMISSIONER_MANAGER),
    (("finance lead",), Role.COMMISSIONER_FINANCE),
)
"""What the roles of a programme's file make of somebody here; the first that fits."""


def _role_of(one: Person, sits_on_a_body: bool) -> Role:
    """The role of somebody of a programme: members of its bodies are its board, whatever else they are."""
    if sits_on_a_body:
        return Role.BOARD
    return next((role for names, role in PLACES if set(names) & set(one.roles)), Role.PROGRAMME_MANAGER)


def load(contract: str, at: datetime) -> books.Held:
    """Take the worked contract in, with one user a role. What is there already stays as it is."""
    held = books.held(contract) or books.hold(contract, LOADER, at, "the worked contract of the demonstration")
    agreement = held.contract.agreement
    commissioner = agreement.commissioners[0].id
    provider = agreement.holder.id if agreement.holder else agreement.party_ids[0]
    for role, user in NAMES.items():
        side = provider if role in (Role.PROVIDER_LEAD, Role.PROVIDER_ANALYST) else commissioner
        _made_up(held.id, user, role.value.capitalize(), role, side, at)
    for n, other in enumerate(agreement.commissioners[1:], start=2):
        role = Role.COMMISSIONER_MANAGER
        _made_up(held.id, f"manager-{n}", f"{role.value.capitalize()} {n}", role, other.id, at)
    return held


def _made_up(book: str, user: str, name: str, role: Role, organisation: str, at: datetime) -> None:
    """A made-up user with a role, if there is none yet; what was given or ended since stays as it is."""
    add_user(user, name, PASSWORD, f"{user}@example.org")
    if not people.ever_held(book, user, role):
        people.give(book, user, role, organisation, LOADER, at, "a made-up user of the demonstration")
