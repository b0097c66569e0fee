"""One's own account: sessions, second factor, and the way in by another organisation's sign-in."""

from collections.abc import Iterable
from typing import Any

from obc.store import people
from obc.store import sessions as kept


def begin_session(request: Any, most: int) -> None:
    """Note a session that has just begun; the oldest of the person end where there are too many."""
    kept.begin(request, most)


def end_session(key: str | None) -> None:
    """Forget a session that is over."""
    kept.forget(key)


def sessions_of(user: str) -> Iterable[Any]:
    """The sessions of a person, the newest first."""
    return kept.listed(user)


def end_other_sessions(user: str, but: str) -> int:
    """End all of them but one. Returns how many."""
    return people.end_sessions(user, but)


def has_second_factor(user: str) -> bool:
    """Whether somebody has set one up."""
    return kept.has_second_factor(user)


def by_subject(issuer: str, subject: str, verified_address: str) -> Any:
    """The user whom another organisation signs in; None where nobody here is meant."""
    return people.by_subject(issuer, subject, verified_address)
