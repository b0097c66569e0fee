"""Notices: what is to be said to whom by e-mail, from the moment it is known until it is sent."""

from django.conf import settings
from django.db import models


class Choice(models.Model):
    """How somebody wants to be told: at once, once a day, or not at all. Nobody has chosen: at once."""

    class Way(models.TextChoices):
        """The ways."""

        ALL = "all", "each as it happens"
        DIGEST = "digest", "one a day"
        NONE = "none", "none"

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True)
    notices = models.CharField(max_length=10, choices=Way.choices, default=Way.ALL)


class Gathered(models.Model):
    """Up to which line of a book notices were written. It moves on in the transaction that writes them."""

    book = models.OneToOneField("store.Book", on_delete=models.CASCADE, primary_key=True)
    lines = models.PositiveBigIntegerField(default=0)


class Notice(models.Model):
    """One thing to say to one person. `key` names what it is about, so that nobody is told the same thing twice.

    It holds no figure and nobody's name: what happened (`event`), and the address of the page that shows it. Whoever
    claims it (`claimed_until`) sends it; it is `sent` only afterwards, so one that was cut off is sent again.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    book = models.ForeignKey("store.Book", null=True, on_delete=models.PROTECT, related_name="notices")
    event = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    path = models.CharField(max_length=300)
    at = models.DateTimeField()
    due = models.DateTimeField()
    together = models.BooleanField(default=False)
    claimed_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "key"), name="told_once"),)
        indexes = (models.Index(fields=("sent", "due")),)
        ordering = ("due", "id")
