"""Tokens: how a machine shows who sent it."""

from django.conf import settings
from django.db import models


class Token(models.Model):
    """Lets a program act as a person, in one book, until a day: read, and where it says so, send figures in.

    Only the hash of the token is kept.
    """

    digest = models.CharField(primary_key=True, max_length=71)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tokens")
    book = models.ForeignKey("store.Book", on_delete=models.PROTECT, related_name="tokens")
    purpose = models.CharField(max_length=200)
    may_send = models.BooleanField(default=False)
    until = models.DateTimeField()
    revoked = models.DateTimeField(null=True)
