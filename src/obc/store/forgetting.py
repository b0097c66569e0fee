"""Forgetting: what was kept about who signed in from where goes when it has served its purpose."""

from datetime import datetime, timedelta

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session

KEPT = timedelta(days=90)
"""How long the log of sign-ins is kept: long enough to look into a break-in, and no longer."""


def forget(now: datetime) -> int:
    """Delete sessions that are over and sign-ins before `now` less `KEPT`. Returns how many rows went.

    `now` is the moment of the machine, also in the demonstration: sessions and sign-ins are dated by it.
    """
    over = Session.objects.filter(expire_date__lt=now)
    old = [one.objects.filter(attempt_time__lt=now - KEPT) for one in (AccessAttempt, AccessFailureLog, AccessLog)]
    return sum(one.delete()[0] for one in (over, *old))
