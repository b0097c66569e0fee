"""People and their roles."""

from datetime import datetime

from django.contrib.auth import get_user_model

from obc.domain.core.kernel.people import Person
from obc.store.models import Membership


def person(user: str, book: str) -> Person | None:
    """A user as somebody who can act on a book, with the roles held now; None where there is none."""
    held = list(Membership.objects.filter(user__username=user, user__is_active=True, book=book, until=None))
    if not held:
        return None
    name = held[0].user.get_full_name() or user
    return Person(id=user, name=name, organisation=held[0].organisation, roles=tuple(one.role for one in held))


def roles(user: str) -> tuple[tuple[str, str], ...]:
    """The books of a user, and the role there, as they are now."""
    held = Membership.objects.filter(user__username=user, user__is_active=True, until=None)
    return tuple(held.values_list("book_id", "role"))


def give(user: str, book: str, role: str, organisation: str) -> None:
    """Give somebody a role, if they do not have it."""
    found = get_user_model().objects.get(username=user)
    Membership.objects.get_or_create(user=found, book_id=book, role=role, until=None, organisation=organisation)


def end(user: str, book: str, role: str, at: datetime) -> None:
    """End a role."""
    Membership.objects.filter(user__username=user, book=book, role=role, until=None).update(until=at)


def add_user(user: str, name: str, password: str) -> None:
    """A user who can sign in; one that exists stays as it is."""
    model = get_user_model()
    if not model.objects.filter(username=user).exists():
        first, _, last = name.partition(" ")
        model.objects.create_user(user, password=password, first_name=first, last_name=last)
