"""Somebody is invited, sets a password and a second factor, and signs in with both."""

import time

from one_time_codes import code_of

CONTRACT = "oxfordshire-mental-health"


def test_somebody_who_is_invited_sets_a_password_and_a_second_factor_and_signs_in(somebody, step, django):
    from datetime import UTC, datetime

    from django.conf import settings
    from django.test import override_settings

    from obc.bootstrap import post

    with step("Given an administrator who invites somebody to the board"):
        administrator = somebody("administrator", "phone")
        administrator.goes_to(f"/contracts/{CONTRACT}/people/")
        administrator.pictured("people-phone")
        for label, text in (("Username", "board-member"), ("Name", "Board Member"), ("E-mail", "member@example.org")):
            administrator.fills(label, text, "Invite")
        administrator.chooses("Role", "board", "Invite")
        administrator.fills("For which organisation", "a-body", "Invite")
        administrator.fills("Why", "joins the board in May", "Invite")
        administrator.presses("Invite")
        administrator.sees("board-member is invited")
    with step("When the mail has come"):
        with override_settings(ADDRESS=administrator.site):
            assert post.send(datetime.now(UTC)) >= 1
        mails = [path.read_text() for path in (settings.HOME / "mail").glob("*")]
        mail = next(one for one in mails if "member@example.org" in one)
        link = next(line for line in mail.splitlines() if "/account/enter/" in line).removeprefix(administrator.site)
    with override_settings(SECOND_FACTOR="required"):
        with step("Then they set a password, and are led to set up a second factor before any page"):
            member = somebody()
            member.goes_to(link)
            member.pictured("set-your-password")
            member.fills("New password", "three words together")
            member.fills("The same again", "three words together")
            member.presses("Set the password")
            member.fills("Username", "board-member")
            member.fills("Password", "three words together")
            member.presses("Sign in")
            member.sees("Set up a second factor")
            assert member.page.locator("img.obc-qr").evaluate("one => one.naturalWidth") > 0, "the policy lets it show"
            member.pictured("second-factor")
        with step("When they type the code that their app shows, then they get recovery codes, and go to their pages"):
            secret = member.page.locator("#secret").inner_text()
            member.fills("Authenticator code", code_of(secret, time.time()))
            member.presses("Set it up")
            member.sees("Recovery codes")
            member.pictured("recovery-codes")
            member.follows("go to my contracts")
            member.goes_to("/account/")
            member.sees("Set up.")
            member.pictured("account")
            member.goes_to("/account/notices/")
        with step("And the next time a password alone is not enough"):
            again = somebody()
            again.page.goto(f"{again.site}/account/login/")
            again.fills("Username", "board-member")
            again.fills("Password", "three words together")
            again.presses("Sign in")
            again.sees("Your code")
            again.fills("Code", code_of(secret, time.time() + 30))
            again.presses("Sign in")
            again.goes_to(f"/contracts/{CONTRACT}/")
    with step("And the administrator sees them with their second factor"):
        administrator.goes_to(f"/contracts/{CONTRACT}/people/")
        administrator.sees("member@example.org")
        somebody("administrator").goes_to(f"/contracts/{CONTRACT}/keys/")
