"""People: who has which role where, since when and by whom; let in, locked out. Each act leaves a line in the book."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import transaction

from obc.bootstrap import programmes
from obc.bootstrap.books import held as held_contract
from obc.bootstrap.post import post_at_once
from obc.domain.contract.workflow import duties
from obc.domain.contract.workflow.duties import KIND, RoleHeld, role_id
from obc.domain.contract.workflow.rights import Role
from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Person
from obc.domain.core.kernel.problem import Problem, Problems, refusal
from obc.domain.core.kernel.trail import Action, act
from obc.store import book as books
from obc.store import people

OPERATOR = Person(id="obc", name="obc", organisation="obc", roles=("obc",))
"""Whoever runs obc on its own machine: they make the first administrator."""

ACCOUNT = "account"
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ADDRESS = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+")


class AccountState(Written):
    """Whether somebody who has a role in the book can sign in."""

    id: Slug
    state: Literal["open", "locked"]
    let_in_anew: datetime | None = None


@dataclass(frozen=True)
class Member:
    """A role in a book, with the account that holds it; no account: it was deleted outside obc."""

    held: RoleHeld
    account: people.Account | None

    @property
    def name(self) -> str:
        """What the person is called."""
        return self.account.name if self.account else self.held.person


def members(book: str) -> tuple[Member, ...]:
    """Every role of a book, those in force first, then those that ended, each by person."""
    held = books.standing(book, KIND, RoleHeld)
    known = people.accounts(one.person for one in held)
    listed = sorted(held, key=lambda one: (one.until is not None, one.person, one.role))
    return tuple(Member(one, known.get(one.person)) for one in listed)


def ever_held(book: str, user: str, role: Role) -> bool:
    """Whether somebody was given a role in a book, now or before."""
    return books.record(book, KIND, role_id(user, role), RoleHeld) is not None


def not_in_the_trail(book: str) -> tuple[Problem, ...]:
    """Every role that somebody holds, or no longer holds, without a line that says so: it was changed by hand."""
    written = {(one.person, one.role.value) for one in duties.in_force(books.standing(book, KIND, RoleHeld))}
    held = {(user, role) for user, role, _ in people.members(book)}
    words = "the role was changed by hand: give or end it by the people page"
    return tuple(
        Problem(file="the trail", where=f"role {user}", found=f"'{role}' without a line that says so", expected=words)
        for user, role in sorted(written ^ held)
    )


def account_of(user: str) -> people.Account | None:
    """Somebody's account; None where there is none."""
    return people.account(user)


def called(user: str) -> str:
    """What a user is called; the username where there is no account of that name."""
    return people.called(user)


def give(book: str, person: str, role: Role, organisation: str, by: Person, at: datetime, why: str) -> RoleHeld:
    """Give somebody who has an account a role. `person`: a username or an e-mail address. Raises `Problems`."""
    user = people.named(person)
    if user is None:
        raise refusal("the role", "person", f"nobody called '{person}'", "invite them first")
    contract = held_contract(book)
    with books.acting(book) as write:
        held = books.standing(book, KIND, RoleHeld)
        before = next((one for one in held if one.id == role_id(user, role)), None)
        wish = RoleHeld(
            id=role_id(user, role), person=user, organisation=organisation, role=role, since=at, given_by=by.id
        )
        after = duties.given(held, wish, contract.contract.agreement if contract else None, by)

        def made(last: tuple[Action, ...]) -> Action:
            return act(last, before, after, kind=KIND, verb="give", by=by, at=_after(last, at), why=why)

        write(made)
        people.give(user, book, role.value, organisation)
    return after


def end(book: str, id_: str, by: Person, at: datetime, why: str) -> RoleHeld:
    """End a role. Raises `Problems`."""
    with books.acting(book) as write:
        held = books.standing(book, KIND, RoleHeld)
        after = duties.ended(held, id_, by, at, _locked(held))
        before = next(one for one in held if one.id == id_)
        write(lambda last: act(last, before, after, kind=KIND, verb="end", by=by, at=_after(last, at), why=why))
        people.end(after.person, book, after.role.value, at)
    return after


def invite(
    book: str,
    user: str,
    name: str,
    email: str,
    role: Role,
    organisation: str,
    by: Person,
    at: datetime,
    why: str,
) -> RoleHeld:
    """Make an account for somebody new, give them a role, and write to them. Raises `Problems`.

    The mail holds a link that works once, for seven days; it is made when the mail is sent and kept nowhere.
    """
    if people.named(user) or people.named(email):
        taken = "somebody who has an account"
        raise refusal("the invitation", "person", taken, "give them a role by their username or e-mail address")
    _check(user, name, email)
    with transaction.atomic():
        people.add_user(user, name, None, email)
        given = give(book, user, role, organisation, by, at, why)
        post_at_once(user, "invited", f"invited-{user}-{at.isoformat()}", book, at)
    return given


def invite_again(book: str, user: str, by: Person, at: datetime, why: str) -> None:
    """Let somebody in anew: password and second factor are taken away, and a new link is sent. Raises `Problems`."""
    with transaction.atomic():
        _mine_alone(user, by)
        people.forget_secrets(user)
        _note(book, AccountState(id=user, state="open", let_in_anew=at), "let in anew", by, at, why)
        post_at_once(user, "invited", f"invited-{user}-{at.isoformat()}", book, at)


def lock(user: str, by: Person, at: datetime, why: str) -> None:
    """Lock an account: its sessions end and nobody signs in with it. Raises `Problems`."""
    with transaction.atomic():
        for book in _mine_alone(user, by):
            held = books.standing(book, KIND, RoleHeld)
            duties.refuse_last_administrator(held, user, _locked(held))
            _note(book, AccountState(id=user, state="locked"), "lock", by, at, why)
        people.lock(user, True)


def unlock(user: str, by: Person, at: datetime, why: str) -> None:
    """Unlock an account, also one that wrong passwords locked. Raises `Problems`."""
    with transaction.atomic():
        for book in _mine_alone(user, by):
            _note(book, AccountState(id=user, state="open"), "unlock", by, at, why)
        people.lock(user, False)


def there(book: str) -> str:
    """The id of a contract or a programme that is held. Raises `Problems` where there is none."""
    if held_contract(book) is None and programmes.held(book) is None:
        raise refusal("the book", book, "nothing of that id", "take it in first: obc serve --contract …")
    return book


def add_user(user: str, name: str, email: str, subject: str | None = None) -> None:
    """An account without a role, made by whoever runs obc. Raises `Problems`.

    `subject`: who they are to the OpenID provider that is set.
    """
    if people.named(user) or people.named(email):
        raise refusal("the user", user, "somebody who has an account", "choose another username and address")
    _check(user, name, email)
    with transaction.atomic():
        people.add_user(user, name, None, email)
        if subject:
            from django.conf import settings

            people.preset_subject(user, settings.OIDC["ISSUER"], subject)


def _mine_alone(user: str, by: Person) -> tuple[str, ...]:
    """The books of a user, if `by` looks after the people in all of them. Raises `Problems`."""
    if user == by.id:
        raise refusal("the account", user, "your own", "another administrator has to do it")
    found = people.books_of(user)
    if people.account(user) is None or not found:
        raise refusal("the account", user, "nobody with a role", "choose somebody from the list")
    others = [one for one in found if by != OPERATOR and Role.ADMINISTRATOR not in _roles_in(by.id, one)]
    if others:
        elsewhere = f"somebody with a role in {len(others)} other contracts"
        raise refusal("the account", user, elsewhere, "end their roles here, or ask whoever runs obc")
    return found


def _roles_in(user: str, book: str) -> tuple[str, ...]:
    found = people.person(user, book)
    return found.roles if found else ()


def _note(book: str, after: AccountState, verb: str, by: Person, at: datetime, why: str) -> None:
    """A line about an account in a book; none where it is as it was."""
    with books.acting(book) as write:
        before = books.record(book, ACCOUNT, after.id, AccountState)
        if before != after:
            write(lambda last: act(last, before, after, kind=ACCOUNT, verb=verb, by=by, at=_after(last, at), why=why))


def _check(user: str, name: str, email: str) -> None:
    """Refuse what cannot name an account: whoever acts is named by a slug in the trail. Raises `Problems`, all."""
    asked = (
        (bool(SLUG.fullmatch(user)) and len(user) <= 80, "username", user, "lower-case words joined by hyphens"),
        (bool(name.strip()), "name", "nothing", "write the person's name"),
        (bool(ADDRESS.fullmatch(email)), "email", email, "write an e-mail address, such as name@example.org"),
    )
    problems = [
        Problem(file="the account", where=where, found=f"'{found}'", expected=expected)
        for holds, where, found, expected in asked
        if not holds
    ]
    if problems:
        raise Problems(tuple(problems))


def _locked(held: tuple[RoleHeld, ...]) -> frozenset[str]:
    """Those of them whose accounts let nobody in."""
    known = people.accounts(one.person for one in held)
    return frozenset(one.person for one in held if one.person not in known or known[one.person].locked)


def _after(last: tuple[Action, ...], at: datetime) -> datetime:
    """Who had to wait for somebody else acted after them, though they pressed the button before."""
    return max(at, last[0].at) if last else at
