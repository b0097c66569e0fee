"""Duties kept apart: who may be given which role in a contract, and when a role may be ended."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from obc.domain.contract.agreement.agreement import Agreement
from obc.domain.contract.workflow.rights import Role
from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Person
from obc.domain.core.kernel.problem import Problem, Problems, refusal

KIND = "role"


class RoleHeld(Written):
    """A role that somebody holds, or held, in a book on behalf of an organisation. `person` is a username.

    Given again after it ended, it is the same record: the trail keeps what it was before.
    """

    id: Slug
    person: Slug
    organisation: Slug
    role: Role
    since: datetime
    given_by: Slug
    until: datetime | None = None
    ended_by: Slug | None = None


def role_id(person: str, role: str) -> str:
    """What the record of a person's role is called."""
    return f"{person}-{role.replace(' ', '-')}"


_BUYERS = frozenset({Role.COMMISSIONER_MANAGER, Role.COMMISSIONER_FINANCE, Role.JOINT_GROUP})
_SELLERS = frozenset({Role.PROVIDER_LEAD, Role.PROVIDER_ANALYST})
_ACTORS = _BUYERS | _SELLERS | {Role.REPRESENTATIVE, Role.ASSESSOR, Role.BOARD, Role.PROGRAMME_MANAGER}

APART: tuple[tuple[frozenset[Role], frozenset[Role], str], ...] = (
    (_BUYERS, _SELLERS, "nobody acts for both sides"),
    (
        frozenset({Role.PROVIDER_ANALYST}),
        frozenset({Role.PROVIDER_LEAD}),
        "who submits figures does not approve what they earn",
    ),
    (
        frozenset({Role.COMMISSIONER_MANAGER}),
        frozenset({Role.COMMISSIONER_FINANCE}),
        "who reviews figures does not approve what is paid for them",
    ),
    (frozenset({Role.AUDITOR}), _ACTORS | {Role.ADMINISTRATOR}, "an auditor does not audit their own acts"),
    (frozenset({Role.ADMINISTRATOR}), _ACTORS, "who lets people in does not act on figures"),
    (frozenset({Role.REPRESENTATIVE}), _BUYERS | _SELLERS, "a representative speaks for patients and carers alone"),
    (frozenset({Role.ASSESSOR}), _SELLERS, "who judges bidders does not bid"),
)
"""Roles that one person does not hold at the same time in one contract, and why."""


def in_force(held: Sequence[RoleHeld]) -> tuple[RoleHeld, ...]:
    """Those that have not ended."""
    return tuple(one for one in held if one.until is None)


def given(held: Sequence[RoleHeld], wish: RoleHeld, agreement: Agreement | None, by: Person) -> RoleHeld:
    """The role as it is given. `held`: every role in the book; no `agreement`: the book is a programme's.

    Raises `Problems`, all that stands against it.
    """
    where = f"the role of {wish.person}"
    problems = tuple(
        Problem(file=where, where=wish.role.value, found=found, expected=expected)
        for found, expected in (*_against(held, wish, by), *(_misplaced(wish, agreement) if agreement else ()))
    )
    if problems:
        raise Problems(problems)
    return wish


def ended(
    held: Sequence[RoleHeld], id_: str, by: Person, at: datetime, locked: frozenset[str] = frozenset()
) -> RoleHeld:
    """The role as it ends. `locked`: people who cannot sign in, and so do not count as administrators. `Problems`."""
    found = next((one for one in in_force(held) if one.id == id_), None)
    if found is None:
        raise refusal("the roles", id_, "no role that is held", "choose one from the list")
    refuse_last_administrator(held, found.person, locked, found.role)
    return found.model_copy(update={"until": at, "ended_by": by.id})


def refuse_last_administrator(
    held: Sequence[RoleHeld], person: str, locked: frozenset[str], role: Role = Role.ADMINISTRATOR
) -> None:
    """Refuse to take the last administrator away, by ending the role or by locking the account. Raises `Problems`."""
    others = {one.person for one in in_force(held) if one.role == Role.ADMINISTRATOR} - locked
    if role == Role.ADMINISTRATOR and person in others and not others - {person}:
        raise refusal(f"the role of {person}", role.value, "the last administrator", "make somebody else one first")


def _against(held: Sequence[RoleHeld], wish: RoleHeld, by: Person) -> Iterator[tuple[str, str]]:
    mine = [one for one in in_force(held) if one.person == wish.person]
    if by.id == wish.person:
        yield "a role that somebody gives to themselves", "another administrator has to give it"
    if wish.role == Role.PUBLIC:
        yield "the public, which needs no role", "leave it: everybody sees what is published"
    if wish.role in {one.role for one in mine}:
        yield "a role that is held already", "leave it"
    for one in mine:
        if one.organisation != wish.organisation:
            yield f"{wish.organisation}, beside a role for {one.organisation}", "a person acts for one organisation"
        why = next((why for a, b, why in APART if _cross(one.role, wish.role, a, b)), None)
        if why:
            yield f"beside '{one.role}'", f"end that role first, or choose somebody else: {why}"


def _cross(one: Role, other: Role, left: frozenset[Role], right: frozenset[Role]) -> bool:
    return (one in left and other in right) or (other in left and one in right)


def _misplaced(wish: RoleHeld, agreement: Agreement) -> Iterator[tuple[str, str]]:
    commissioners = [one.id for one in agreement.commissioners]
    providers = [one.id for one in agreement.providers]
    if wish.role in _BUYERS and wish.organisation not in commissioners:
        yield f"{wish.organisation}, which commissions nothing here", f"it is for {', '.join(commissioners)}"
    if wish.role in _SELLERS and wish.organisation in commissioners:
        yield f"{wish.organisation}, which commissions", "a provider's role is for a provider"
    elif wish.role in _SELLERS and providers and wish.organisation not in providers:
        yield f"{wish.organisation}, which provides nothing here", f"it is for {', '.join(providers)}"
    if wish.role == Role.ASSESSOR:
        judge = Person(id=wish.person, name=wish.person, organisation=wish.organisation, roles=(wish.role,))
        if conflict := judge.conflict_with(*providers):
            yield conflict, "an assessor has no interest in a provider"
