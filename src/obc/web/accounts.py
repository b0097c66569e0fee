"""Sign-in: nobody signs up; an administrator lets people in."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedDoor(DefaultAccountAdapter):
    """No page on which strangers make themselves an account."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False
