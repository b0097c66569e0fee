"""Sign-in at one's own organisation: OpenID Connect, the authorisation code with PKCE (RFC 7636).

The door stays closed: who is not known here comes in by no provider. The answer is checked as OpenID Connect Core
1.0, section 3.1.3.7, says: the state, the signature under the provider's published keys, issuer, audience, time, and
the nonce that this browser was sent away with.
"""

import base64
import hashlib
import hmac
import secrets
import time
from typing import Any
from urllib.parse import urlencode

import jwt
import requests
from allauth.account.utils import perform_login
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from obc.bootstrap import accounts
from obc.web.access import refused
from obc.web.second_factor import BY_OPENID

ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
"""Signatures with a public key. One made with the client's secret, or none, is refused."""
PATIENCE = 10
"""Seconds that the provider has to answer."""
WAY = "openid"
"""Where the session keeps what this browser was sent away with, for ten minutes."""


class _Refused(Exception):  # noqa: N818 - it is said to the visitor, and is no error of ours
    """Why the provider's answer lets nobody in."""


def away(request: HttpRequest) -> HttpResponse:
    """Send the browser to the provider."""
    config = _configured()
    try:
        known = _discovered(config["ISSUER"])
    except (requests.RequestException, ValueError, KeyError, _Refused):
        return refused(request, "Your organisation's sign-in cannot be reached. Try again later.", 503)
    verifier = secrets.token_urlsafe(64)
    kept = {"state": secrets.token_urlsafe(32), "nonce": secrets.token_urlsafe(32), "verifier": verifier}
    following = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(following, {request.get_host()}, require_https=request.is_secure())
    request.session[WAY] = {**kept, "next": following if safe else "/", "until": int(time.time()) + 600}
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code",
        "client_id": config["CLIENT_ID"],
        "redirect_uri": _back(request),
        "scope": "openid email",
        "state": kept["state"],
        "nonce": kept["nonce"],
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    return redirect(f"{known['authorization_endpoint']}?{urlencode(asked)}")


def back(request: HttpRequest) -> HttpResponse:
    """The browser comes back: let in whom the provider vouches for, if they are known here."""
    config = _configured()
    kept = request.session.pop(WAY, None)
    try:
        claims = _claims(request, config, kept)
    except (requests.RequestException, ValueError, KeyError, jwt.PyJWTError, _Refused):
        return refused(request, "Your organisation's sign-in gave no answer that holds. Sign in once more.", 403)
    address = str(claims.get("email", "")) if claims.get("email_verified") is True else ""
    user = accounts.by_subject(config["ISSUER"], str(claims["sub"]), address)
    if user is None:
        why = "Your organisation knows you, but nobody has let you in here. Ask the administrator of your contract."
        return refused(request, why, 403)
    request.session[BY_OPENID] = True
    return perform_login(request, user, email_verification="none", redirect_url=kept["next"])


def _claims(request: HttpRequest, config: dict[str, str], kept: dict[str, Any] | None) -> dict[str, Any]:
    """What the provider says of the person. Raises where any of it does not hold."""
    if kept is None or kept["until"] < time.time():
        raise _Refused("nobody was sent away from here, or too long ago")
    if not hmac.compare_digest(request.GET.get("state", ""), kept["state"]) or "code" not in request.GET:
        raise _Refused("another state, or no code")
    known = _discovered(config["ISSUER"])
    answer = requests.post(
        known["token_endpoint"],
        data={
            "grant_type": "authorization_code",
            "code": request.GET["code"],
            "redirect_uri": _back(request),
            "client_id": config["CLIENT_ID"],
            "client_secret": config["SECRET"],
            "code_verifier": kept["verifier"],
        },
        timeout=PATIENCE,
        allow_redirects=False,
    )
    answer.raise_for_status()
    token = answer.json()["id_token"]
    found = requests.get(known["jwks_uri"], timeout=PATIENCE, allow_redirects=False)
    found.raise_for_status()
    claims: dict[str, Any] = jwt.decode(
        token,
        _key(found.json(), token),
        algorithms=ALGORITHMS,
        issuer=config["ISSUER"],
        audience=config["CLIENT_ID"],
        leeway=60,
        options={"require": ["iss", "sub", "aud", "exp", "iat", "nonce"]},
    )
    if not hmac.compare_digest(str(claims["nonce"]), kept["nonce"]):
        raise _Refused("another nonce")
    if claims.get("azp", config["CLIENT_ID"]) != config["CLIENT_ID"]:
        raise _Refused("another party was meant")
    return claims


def _key(published: dict[str, Any], token: str) -> jwt.PyJWK:
    """The published key that the token names."""
    name = jwt.get_unverified_header(token).get("kid")
    for one in jwt.PyJWKSet.from_dict(published).keys:
        if one.key_id == name:
            return one
    raise _Refused("a key that the provider does not publish")


def _discovered(issuer: str) -> dict[str, Any]:
    """What the provider publishes of itself; it has to name itself as we do."""
    address = f"{issuer.rstrip('/')}/.well-known/openid-configuration"
    found = requests.get(address, timeout=PATIENCE, allow_redirects=False)
    found.raise_for_status()
    known: dict[str, Any] = found.json()
    if known["issuer"] != issuer:
        raise _Refused("another issuer")
    return known


def _configured() -> dict[str, str]:
    if not settings.OIDC["ISSUER"]:
        raise Http404
    return dict(settings.OIDC)


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("openid_back"))
