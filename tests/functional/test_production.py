"""Production: what is unsafe is refused before anybody is served, and the refusal says what to set."""

import os
import subprocess
import sys

import pytest
from django.test import override_settings

from obc.domain.core.kernel.problem import Problems

UNSAFE = [
    ({"SECRET_KEY": "short"}, "SECRET_KEY"),
    ({"SECRET_KEY": "django-insecure-" + "x" * 60}, "SECRET_KEY"),
    ({"DEBUG": True}, "DEBUG"),
    ({"ALLOWED_HOSTS": []}, "ALLOWED_HOSTS"),
    ({"SESSION_COOKIE_SECURE": False}, "SESSION_COOKIE_SECURE"),
    ({"CSRF_COOKIE_SECURE": False}, "CSRF_COOKIE_SECURE"),
    ({"SECURE_SSL_REDIRECT": False}, "SECURE_SSL_REDIRECT"),
    ({"SECURE_HSTS_SECONDS": 0}, "SECURE_HSTS_SECONDS"),
    ({"X_FRAME_OPTIONS": "SAMEORIGIN"}, "X_FRAME_OPTIONS"),
]
SAFE = {
    "SECRET_KEY": "".join(map(chr, range(40, 110))),
    "ALLOWED_HOSTS": ["obc.example.nhs.uk"],
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 31_536_000,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "SECURE_HSTS_PRELOAD": True,
    "PRODUCTION": True,
    "SECOND_FACTOR": "required",
}


@pytest.fixture
def production(django, monkeypatch):
    """Serving, in surroundings that are safe."""
    monkeypatch.setenv("OBC_HOSTS", "obc.example.nhs.uk")
    monkeypatch.delenv("DJANGO_ALLOW_ASYNC_UNSAFE", raising=False)
    monkeypatch.delenv("OBC_RECORDS", raising=False)
    return django


@pytest.mark.parametrize(("changed", "named"), UNSAFE, ids=[f"{name}-{n}" for n, (_, name) in enumerate(UNSAFE)])
def test_production_refuses_each_unsafe_setting_in_words(production, changed, named):
    with override_settings(**SAFE):
        production.refuse_what_is_unsafe()
    with override_settings(**{**SAFE, **changed}), pytest.raises(Problems, match=named):
        production.refuse_what_is_unsafe()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("OBC_HOSTS", "", "OBC_HOSTS"),
        ("OBC_HOSTS", "*", "any host"),
        ("OBC_RECORDS", "here", "contract=folder"),
        ("OBC_RECORDS", "a=no-such-folder", "no folder"),
    ],
)
def test_production_refuses_what_the_environment_leaves_open(production, monkeypatch, name, value, words):
    monkeypatch.setenv(name, value)
    with override_settings(**SAFE), pytest.raises(Problems, match=words):
        production.refuse_what_is_unsafe()


def test_a_deployment_with_the_settings_of_the_guide_has_no_warning_and_starts_only_with_them(tmp_path):
    secret = "".join(map(chr, range(60, 120)))
    safe = {
        **{key: value for key, value in os.environ.items() if not key.startswith(("OBC_", "DJANGO_", "DATABASE"))},
        "OBC_HOME": str(tmp_path),
        "OBC_MODE": "production",
        "OBC_HOSTS": "obc.example.nhs.uk",
        "OBC_SECRET_KEY": secret,
        "DJANGO_SETTINGS_MODULE": "obc.web.settings",
    }
    check = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(check, env=safe, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "no issues" in done.stdout, done.stdout + done.stderr
    serve = [sys.executable, "-m", "obc.cli.main", "serve", "--production", "--port", "1"]
    refused = subprocess.run(
        serve, env={**safe, "OBC_SECRET_KEY": "short", "OBC_HOSTS": ""}, capture_output=True, text=True, check=False
    )
    assert refused.returncode == 1 and "OBC_HOSTS" in refused.stdout and "SECRET_KEY" in refused.stdout
    assert "short" not in refused.stdout + refused.stderr
