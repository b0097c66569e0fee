"""People: who has which role in a contract, and how somebody is let in or kept out."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from obc.bootstrap import people, post
from obc.domain.contract.workflow.rights import Right, Role
from obc.domain.core.kernel.problem import Problem, Problems, refusal
from obc.web.access import Visit, now, page
from obc.web.downloads import showed


@page("contracts/<slug:book>/people/", Right.MANAGE_PEOPLE, to_send=Right.MANAGE_PEOPLE)
def listed(request: HttpRequest, visit: Visit) -> HttpResponse:
    """For the administrator: who can do what here, who let them, and who should no longer?"""
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            verb = request.POST.get("verb", "")
            if verb not in _ACTS:
                raise refusal("the people", "the page", f"'{verb}'", "use the buttons of the page")
            messages.success(request, _ACTS[verb](request, visit))
            return redirect("people.listed", visit.held.id)
        except Problems as found:
            problems = found.problems
    agreement = visit.held.contract.agreement
    context = {
        "visit": visit,
        "members": people.members(visit.held.id),
        "problems": problems,
        "sent": request.POST if problems else {},
        "roles": [role.value for role in Role if role != Role.PUBLIC],
        "organisations": [(one.id, one.name) for one in (*agreement.commissioners, *agreement.providers)],
        "given_up": post.given_up(visit.held.id),
    }
    return showed(request, "people.jinja", context, 422 if problems else 200)


def _give(request: HttpRequest, visit: Visit) -> str:
    person, organisation, role = _text(request, "person"), _text(request, "organisation"), _role(request)
    made = people.give(visit.held.id, person, role, organisation, visit.person, now(), _why(request))
    return f"{made.person} is now {made.role.value} for {made.organisation}."


def _invite(request: HttpRequest, visit: Visit) -> str:
    user, name, email, organisation = (_text(request, key) for key in ("person", "name", "email", "organisation"))
    role, why = _role(request), _why(request)
    people.invite(visit.held.id, user, name, email, role, organisation, visit.person, now(), why)
    return f"{user} is invited: a mail with a link that works once, for {post.LINK_DAYS} days, is on its way."


def _end(request: HttpRequest, visit: Visit) -> str:
    made = people.end(visit.held.id, _text(request, "role"), visit.person, now(), _why(request))
    return f"{made.person} is no longer {made.role.value}."


def _lock(request: HttpRequest, visit: Visit) -> str:
    user = _member(request, visit)
    people.lock(user, visit.person, now(), _why(request))
    return f"{user} is locked out; their sessions have ended."


def _unlock(request: HttpRequest, visit: Visit) -> str:
    user = _member(request, visit)
    people.unlock(user, visit.person, now(), _why(request))
    return f"{user} can sign in again."


def _invite_again(request: HttpRequest, visit: Visit) -> str:
    user = _member(request, visit)
    people.invite_again(visit.held.id, user, visit.person, now(), _why(request))
    return f"{user} gets a new link. Password and second factor were taken away."


_ACTS: dict[str, Callable[[HttpRequest, Visit], str]] = {
    "give": _give,
    "invite": _invite,
    "end": _end,
    "lock": _lock,
    "unlock": _unlock,
    "invite again": _invite_again,
}


def _text(request: HttpRequest, key: str) -> str:
    return str(request.POST.get(key, "")).strip()


def _why(request: HttpRequest) -> str:
    if why := _text(request, "why"):
        return why
    raise refusal("the people", "why", "no reason", "say why, in a sentence: it stands in the trail")


def _role(request: HttpRequest) -> Role:
    try:
        return Role(_text(request, "role"))
    except ValueError:
        raise refusal("the people", "role", "no role", "choose one from the list") from None


def _member(request: HttpRequest, visit: Visit) -> str:
    """Somebody of this contract: nobody else can be named here."""
    user = _text(request, "person")
    if user not in {one.held.person for one in people.members(visit.held.id) if one.held.until is None}:
        raise refusal("the people", "person", "nobody with a role here", "choose somebody from the list")
    return user
