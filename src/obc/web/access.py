"""Access: the one place where it is decided who sees which page. What is not declared here does not exist."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from obc.bootstrap import books, programmes
from obc.bootstrap.serving import clock as now
from obc.domain.contract.workflow.rights import Right, Role, may
from obc.domain.core.kernel.people import Person

__all__ = ["ANYBODY", "PAGES", "Page", "Visit", "now", "page", "refused", "visitor"]

ANYBODY = Person(id="public", name="Public", organisation="public", roles=(Role.PUBLIC,))
"""Who has not signed in."""


@dataclass(frozen=True)
class Visit:
    """Who looks at which contract, and what they may do with it."""

    person: Person
    held: books.Held | programmes.HeldProgramme

    def may(self, right: Right) -> bool:
        """Whether the visitor has a right."""
        return may(self.person.roles, right)


@dataclass(frozen=True)
class Page:
    """A page as it was declared: where it is, what it takes to see it, and to send it something."""

    path: str
    name: str
    right: Right | None
    to_send: Right | None
    view: Callable[..., HttpResponse]


PAGES: list[Page] = []
"""Every page. The addresses are made from it, so a page that says nothing of rights has no address."""


def page(
    path: str, right: Right | None, to_send: Right | None = None
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Declare a page. With `<slug:book>` in its path the view gets a `Visit`, and only who has the `right` in that
    contract. `right` None: for everybody, and there is no contract in the path; OWN_ACCOUNT: for whoever has signed
    in, whatever they are to a contract. `to_send`: what a POST takes; a page
    that declares none takes no POST.
    """

    def declared(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, **parts: str) -> HttpResponse:
            sending = request.method not in ("GET", "HEAD")
            if sending and to_send is None:
                return refused(request, "This page takes nothing.", 405)
            if right is None:
                return view(request, **parts)
            if right == Right.OWN_ACCOUNT:
                return view(request, **parts) if request.user.is_authenticated else _sign_in(request)
            held = (programmes if path.startswith("programmes/") else books).held(parts.pop("book"))
            person = visitor(request, held.id) if held else None
            if held is None or person is None:
                if not request.user.is_authenticated:
                    return _sign_in(request)
                raise Http404
            needed = (right, to_send) if sending and to_send else (right,)
            for one in needed:
                if not may(person.roles, one):
                    if not request.user.is_authenticated:
                        return _sign_in(request)
                    return refused(request, f"Your role here does not let you {one.value}.", 403)
            return view(request, Visit(person, held), **parts)

        PAGES.append(Page(path, f"{view.__module__.rsplit('.', 1)[-1]}.{view.__name__}", right, to_send, guarded))
        return guarded

    return declared


def _sign_in(request: HttpRequest) -> HttpResponse:
    return redirect_to_login(request.get_full_path())


def visitor(request: HttpRequest, book: str) -> Person | None:
    """Who asks, as the contract knows them. None: signed in, but with no role in it."""
    if not request.user.is_authenticated:
        return ANYBODY
    return books.person(request.user.get_username(), book)


def refused(request: HttpRequest, why: str, status: int) -> HttpResponse:
    """A page that says no, and why."""
    return render(request, "refused.jinja", {"why": why, "status": status}, status=status)
