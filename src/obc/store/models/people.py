"""Who may act as what, contract by contract."""

from django.conf import settings
from django.db import models


class Membership(models.Model):
    """A person's role in a book, on behalf of an organisation. `until`: the role has ended; rows are not deleted."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    book = models.ForeignKey("store.Book", on_delete=models.PROTECT, related_name="members")
    role = models.CharField(max_length=60)
    organisation = models.SlugField(max_length=80)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("user", "book", "role"), condition=models.Q(until=None), name="one_role_at_a_time"
            ),
        )
        ordering = ("book", "user", "role")


class Subject(models.Model):
    """Who somebody is to the organisation that signs them in (OpenID Connect): its issuer, and its name for them."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="subjects")
    issuer = models.URLField(max_length=300)
    subject = models.CharField(max_length=255)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("issuer", "subject"), name="one_person_a_subject"),
            models.UniqueConstraint(fields=("user", "issuer"), name="one_subject_a_person"),
        )
