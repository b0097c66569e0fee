"""The demonstration: a worked contract with made-up users, so that every role can be tried."""

from datetime import datetime

from obc.bootstrap import books, programmes
from obc.domain.contract.workflow.rights import Role
from obc.domain.core.kernel.people import Person
from obc.store import people

PASSWORD = "show me the outcomes"
"""Of every made-up user."""

LOADER = Person(id="obc", name="obc", organisation="obc", roles=("obc",))

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
    """Take the worked programme in, with a user for each person of its files: who sits on a body, and who runs it."""
    id_ = programmes.id_of(programme)
    held = programmes.held(id_) or programmes.hold(programme, LOADER, at, "the worked programme of the demonstration")
    governed = held.governance
    members = {name for body in governed.programme.bodies for name in body.members}
    for one in governed.people.people:
        people.add_user(one.id, one.name, PASSWORD)
        role = Role.BOARD if one.id in members else Role.PROGRAMME_MANAGER
        people.give(one.id, held.id, role.value, one.organisation)
    return held


def load(contract: str, at: datetime) -> books.Held:
    """Take the worked contract in, with one user a role. What is there already stays as it is."""
    held = books.held(contract) or books.hold(contract, LOADER, at, "the worked contract of the demonstration")
    agreement = held.contract.agreement
    commissioner = agreement.commissioners[0].id
    provider = agreement.holder.id if agreement.holder else agreement.party_ids[0]
    for role, user in NAMES.items():
        side = provider if role in (Role.PROVIDER_LEAD, Role.PROVIDER_ANALYST) else commissioner
        people.add_user(user, f"{role.value.capitalize()}", PASSWORD)
        people.give(user, held.id, role.value, side)
    for n, other in enumerate(agreement.commissioners[1:], start=2):
        people.add_user(f"manager-{n}", f"{Role.COMMISSIONER_MANAGER.value.capitalize()} {n}", PASSWORD)
        people.give(f"manager-{n}", held.id, Role.COMMISSIONER_MANAGER.value, other.id)
    return held
