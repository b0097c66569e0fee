"""Who asks the API, and what they may have: the same rights as on the pages."""

from datetime import UTC, datetime

from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import HttpBearer, SessionAuth

from obc.bootstrap import books, tokens
from obc.domain.contract.workflow.rights import Right
from obc.domain.core.kernel.people import Person
from obc.web.access import Visit


class ByToken(HttpBearer):
    """`Authorization: Bearer obc_…`: a program that acts as a person in one contract."""

    def authenticate(self, request: HttpRequest, token: str) -> tuple[str, str, bool] | None:
        """The user, the only contract the token is for, and whether it may send."""
        return tokens.recognised(token, datetime.now(UTC))


class BySession(SessionAuth):
    """Somebody who has signed in with a browser."""

    def authenticate(self, request: HttpRequest, key: str | None) -> tuple[str, None, bool] | None:
        """The user, for every contract they have a role in, with all they may do there."""
        return (request.user.get_username(), None, True) if request.user.is_authenticated else None


def person_in(request: HttpRequest, book: str) -> Person | None:
    """Who asks, as the contract knows them; None where the token is for another one, or there is no role."""
    user, only, _ = request.auth
    return books.person(user, book) if only in (None, book) else None


def visit(request: HttpRequest, book: str, right: Right) -> Visit:
    """The visit, if the asker has the right. For others the contract is not there (404), or not for them (403)."""
    held, person = books.held(book), person_in(request, book)
    if held is None or person is None:
        raise HttpError(404, "There is nothing here for you to see.")
    if request.method not in ("GET", "HEAD") and not request.auth[2]:
        raise HttpError(403, "This token reads only: ask for one that may submit.")
    found = Visit(person, held)
    if not found.may(right):
        raise HttpError(403, f"Your role here does not let you {right.value}.")
    return found
