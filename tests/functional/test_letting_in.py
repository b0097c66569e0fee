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
        page = administrator.page
        for label, text in (("Username", "board-member"), ("Name", "Board Member"), ("E-mail", "member@example.org")):
            page.get_by_label(label, exact=label == "Name").first.fill(text)
        form = page.locator("form").filter(has=page.get_by_role("button", name="Invite", exact=True))
        form.get_by_label("Role").select_option("board")
        form.get_by_label("For which organisation").fill("a-body")
        form.get_by_label("Why").fill("joins the board in May")
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
            member.page.get_by_label("New password").fill("three words together")
            member.page.get_by_label("The same again").fill("three words together")
            member.presses("Set the password")
            member.page.get_by_label("Username").fill("board-member")
            member.page.get_by_label("Password").fill("three words together")
            member.presses("Sign in")
            member.sees("Set up a second factor")
            assert member.page.locator("img.obc-qr").evaluate("one => one.naturalWidth") > 0, "the policy lets it show"
            member.pictured("second-factor")
        with step("When they type the code that their app shows, then they get recovery codes, and go to their pages"):
            secret = member.page.locator("#secret").inner_text()
            member.page.get_by_label("Authenticator code").fill(code_of(secret, time.time()))
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
            again.page.get_by_label("Username").fill("board-member")
            again.page.get_by_label("Password").fill("three words together")
            again.presses("Sign in")
            again.sees("Your code")
            again.page.get_by_label("Code").fill(code_of(secret, time.time() + 30))
            again.presses("Sign in")
            again.goes_to(f"/contracts/{CONTRACT}/")
    with step("And the administrator sees them with their second factor"):
        administrator.goes_to(f"/contracts/{CONTRACT}/people/")
        administrator.sees("member@example.org")
        somebody("administrator").goes_to(f"/contracts/{CONTRACT}/keys/")
