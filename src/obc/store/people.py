"""People and their roles."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model

from obc.domain.core.kernel.people import Person
from obc.domain.core.kernel.problem import refusal
from obc.store.models import Membership, Subject


@dataclass(frozen=True)
class Account:
    """An account as an administrator sees it. `invited`: has never set a password, and came by no other door."""

    user: str
    name: str
    email: str
    locked: bool
    invited: bool
    second_factor: bool


def person(user: str, book: str) -> Person | None:
    """A user as somebody who can act on a book, with the roles held now; None where there is none."""
    held = list(Membership.objects.filter(user__username=user, user__is_active=True, book=book, until=None))
    if not held:
        return None
    name = held[0].user.get_full_name() or user
    return Person(id=user, name=name, organisation=held[0].organisation, roles=tuple(one.role for one in held))


def persons(user: str) -> dict[str, Person]:
    """A user as somebody who can act, by the books they have a role in."""
    held: dict[str, list[Membership]] = {}
    found = Membership.objects.filter(user__username=user, user__is_active=True, until=None).select_related("user")
    for one in found:
        held.setdefault(one.book_id, []).append(one)
    return {
        book: Person(
            id=user,
            name=ones[0].user.get_full_name() or user,
            organisation=ones[0].organisation,
            roles=tuple(one.role for one in ones),
        )
        for book, ones in held.items()
    }


def roles(user: str) -> tuple[tuple[str, str], ...]:
    """The books of a user, and the role there, as they are now."""
    held = Membership.objects.filter(user__username=user, user__is_active=True, until=None)
    return tuple(held.values_list("book_id", "role"))


def books_of(user: str) -> tuple[str, ...]:
    """The books in which a user has a role, locked or not."""
    found = Membership.objects.filter(user__username=user, until=None).order_by("book").values_list("book", flat=True)
    return tuple(dict.fromkeys(found))


def members(book: str) -> tuple[tuple[str, str, str], ...]:
    """User, role and organisation of every role that is held in a book."""
    found = Membership.objects.filter(book=book, until=None)
    return tuple(found.values_list("user__username", "role", "organisation"))


def give(user: str, book: str, role: str, organisation: str) -> None:
    """Give somebody a role, if they do not have it."""
    found = get_user_model().objects.get(username=user)
    Membership.objects.get_or_create(user=found, book_id=book, role=role, until=None, organisation=organisation)


def end(user: str, book: str, role: str, at: datetime) -> None:
    """End a role."""
    Membership.objects.filter(user__username=user, book=book, role=role, until=None).update(until=at)


def accounts(users: Iterable[str]) -> dict[str, Account]:
    """The accounts of these users, those that there are."""
    from allauth.mfa.models import Authenticator

    found = get_user_model().objects.filter(username__in=set(users)).order_by("username")
    secured = set(
        Authenticator.objects.filter(user__in=found, type=Authenticator.Type.TOTP).values_list("user_id", flat=True)
    )
    signed_in = set(Subject.objects.filter(user__in=found).values_list("user_id", flat=True))
    return {
        one.username: Account(
            user=one.username,
            name=one.get_full_name() or one.username,
            email=one.email,
            locked=not one.is_active,
            invited=not one.has_usable_password() and one.pk not in signed_in,
            second_factor=one.pk in secured,
        )
        for one in found
    }


def account(user: str) -> Account | None:
    """One account; None where there is none."""
    return accounts([user]).get(user)


def called(user: str) -> str:
    """What a user is called; the username where nobody has it, such as of what the application does by itself."""
    names = get_user_model().objects.filter(username=user).values_list("first_name", "last_name").first()
    return " ".join(filter(None, names or ())) or user


def named(name: str) -> str | None:
    """The username of who is called so, by username or e-mail address; None where there is nobody."""
    model = get_user_model()
    found = model.objects.filter(username=name).first() or _by_address(name)
    return found.get_username() if found else None


def add_user(user: str, name: str, password: str | None, email: str = "") -> None:
    """A user; one that exists stays as it is. Without a password they cannot sign in until they set one."""
    model = get_user_model()
    if not model.objects.filter(username=user).exists():
        first, _, last = name.partition(" ")
        model.objects.create_user(user, email, password, first_name=first, last_name=last)


def lock(user: str, locked: bool) -> None:
    """Lock an account, which ends its sessions; or unlock it, wrong passwords forgotten."""
    found = get_user_model().objects.get(username=user)
    found.is_active = not locked
    found.save(update_fields=["is_active"])
    if locked:
        end_sessions(user)
    else:
        from axes.utils import reset

        reset(username=user)


def forget_secrets(user: str) -> None:
    """Take password and second factor away, and end the sessions: the person is let in anew."""
    from allauth.mfa.models import Authenticator

    found = get_user_model().objects.get(username=user)
    found.set_unusable_password()
    found.save(update_fields=["password"])
    Authenticator.objects.filter(user=found).delete()
    end_sessions(user)


def end_sessions(user: str, but: str = "") -> int:
    """End the sessions of a user, all but one. Returns how many there were."""
    from allauth.usersessions.models import UserSession

    found = [one for one in UserSession.objects.filter(user__username=user) if one.session_key != but]
    for one in found:
        one.end()
    return len(found)


def by_subject(issuer: str, subject: str, verified_address: str) -> object | None:
    """The user whom another organisation signs in; None where nobody here is meant.

    By the subject that is known for them; else by their e-mail address, if that organisation has verified it and the
    user has no other subject there. The subject is then kept, so that an address that is passed on lets nobody in.
    """
    known = Subject.objects.filter(issuer=issuer, subject=subject).select_related("user").first()
    if known:
        return known.user
    found = _by_address(verified_address)
    if found is None or Subject.objects.filter(user=found, issuer=issuer).exists():
        return None
    Subject.objects.create(user=found, issuer=issuer, subject=subject)
    return found


def preset_subject(user: str, issuer: str, subject: str) -> None:
    """Say beforehand who somebody is to the organisation that signs them in. Raises `Problems`."""
    taken = Subject.objects.filter(issuer=issuer, subject=subject).exclude(user__username=user).exists()
    if taken:
        raise refusal("the subject", user, "one that is somebody else's", "give the person's own")
    owner = get_user_model().objects.get(username=user)
    Subject.objects.update_or_create(user=owner, issuer=issuer, defaults={"subject": subject})


def _by_address(address: str) -> object | None:
    """The only user with an e-mail address; none where two have it, since nobody could say who is meant."""
    found = list(get_user_model().objects.filter(email__iexact=address)[:2]) if address else []
    return found[0] if len(found) == 1 else None
