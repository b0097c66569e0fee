"""Notices: how one is told of what waits."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from obc.bootstrap import post
from obc.domain.contract.workflow.rights import Right
from obc.web.access import page

WAYS = (
    ("all", "Each as it happens"),
    ("digest", "One mail a day, in the morning"),
    ("none", "None: I look at the pages"),
)


@page("account/notices/", Right.OWN_ACCOUNT, to_send=Right.OWN_ACCOUNT)
def choice(request: HttpRequest) -> HttpResponse:
    """For everybody: how do I learn of what waits for me, without my inbox filling up?"""
    user = request.user.get_username()
    if request.method == "POST":
        way = request.POST.get("way", "")
        if way in dict(WAYS):
            post.choose(user, way)
            messages.success(request, "Kept.")
        return redirect("notices.choice")
    return render(request, "notices.jinja", {"ways": WAYS, "chosen": post.choice(user), "email": request.user.email})
