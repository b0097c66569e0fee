"""Addresses: the declared pages, and sign-in."""

from importlib import import_module
from pkgutil import iter_modules

from allauth.account import views as sign_in
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from obc.web import openid, pages
from obc.web.access import PAGES
from obc.web.api.routes import api
from obc.web.pages import account
from obc.web.refusals import unreadable

MODULES = [import_module(f"{pages.__name__}.{one.name}") for one in iter_modules(pages.__path__)]
"""The modules that declare pages: importing them fills `PAGES`."""

_SIGN_IN = [
    path("account/login/", sign_in.login, name="account_login"),
    path("account/logout/", sign_in.logout, name="account_logout"),
    path("account/signup/", sign_in.signup, name="account_signup"),  # answers that the door is closed
    path("account/password/change/", sign_in.password_change, name="account_change_password"),
    path("account/reauthenticate/", sign_in.reauthenticate, name="account_reauthenticate"),
    path("account/inactive/", sign_in.account_inactive, name="account_inactive"),
    path("account/2fa/", second_factor.index, name="mfa_index"),
    path("account/2fa/authenticate/", second_factor.authenticate, name="mfa_authenticate"),
    path("account/2fa/reauthenticate/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("account/2fa/totp/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/2fa/totp/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/2fa/recovery-codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/2fa/recovery-codes/generate/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/2fa/recovery-codes/download/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("account/enter/<slug:user>/<str:token>/", account.enter, name="account.enter"),
    path("account/openid/", openid.away, name="openid_away"),
    path("account/openid/back/", openid.back, name="openid_back"),
]
"""Signing in: by what allauth has, none of its pages for strangers; the link of an invitation; OpenID Connect."""

urlpatterns = [
    *(path(one.path, one.view, name=one.name) for one in PAGES),
    path("api/v1/", api.urls),
    *_SIGN_IN,
]


def handler400(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No proper request."""
    return unreadable(request, exception)


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing here, or nothing for this visitor: both read alike."""
    return render(request, "refused.jinja", {"why": "There is nothing here for you to see.", "status": 404}, status=404)


def handler500(request: HttpRequest) -> HttpResponse:
    """Something of ours broke."""
    why = "obc made a mistake. Nothing of what you sent was kept by halves. Try again, or tell your administrator."
    return render(request, "refused.jinja", {"why": why, "status": 500}, status=500)
