"""One's own account: how one signs in, and where one is signed in."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from obc.bootstrap import accounts, post
from obc.domain.contract.workflow.rights import Right
from obc.web.access import page, refused
from obc.web.downloads import showed


@page("account/", Right.OWN_ACCOUNT, to_send=Right.OWN_ACCOUNT)
def own(request: HttpRequest) -> HttpResponse:
    """For everybody: is my account safe, and am I signed in anywhere that I have forgotten?"""
    user, key = request.user.get_username(), request.session.session_key or ""
    if request.method == "POST":
        ended = accounts.end_other_sessions(user, key)
        messages.success(
            request, f"{ended} other sessions have ended." if ended != 1 else "One other session has ended."
        )
        return redirect("account.own")
    context = {
        "sessions": accounts.sessions_of(user),
        "current": key,
        "second_factor": accounts.has_second_factor(user),
        "choice": post.choice(user),
    }
    return showed(request, "account.jinja", context)


def enter(request: HttpRequest, user: str, token: str) -> HttpResponse:
    """For somebody invited: set the password, with the link that works once. Then they sign in as everybody does."""
    person = get_user_model().objects.filter(username=user, is_active=True).first()
    if person is None or not default_token_generator.check_token(person, token):
        why = "This link does not work: it was used, or is older than seven days. Ask your administrator for a new one."
        return refused(request, why, 404)
    form = SetPasswordForm(person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Your password is set. Sign in with it.")
        return redirect("account_login")
    problems = [error for errors in form.errors.values() for error in errors]
    context = {"person": person, "problems": problems, "help": form.fields["new_password1"].help_text}
    return render(request, "enter.jinja", context, status=422 if problems else 200)
