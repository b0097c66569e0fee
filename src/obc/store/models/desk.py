"""What lies on people's desks: figures begun and not yet submitted, and how far they have read. It may change."""

from django.conf import settings
from django.db import models


class Draft(models.Model):
    """Figures of a period that an organisation has begun to type: the cells as they were typed, not yet looked at."""

    book = models.ForeignKey("store.Book", on_delete=models.PROTECT, related_name="drafts")
    organisation = models.SlugField(max_length=80)
    period = models.SlugField(max_length=20)
    cells = models.JSONField(default=dict)
    changed = models.DateTimeField()
    changed_by = models.SlugField(max_length=80)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("book", "organisation", "period"), name="one_draft_a_period"),)


class Looked(models.Model):
    """The last line of a record's history that somebody has seen."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="looked")
    book = models.ForeignKey("store.Book", on_delete=models.PROTECT, related_name="looked_at")
    record = models.SlugField(max_length=120)
    number = models.PositiveBigIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "book", "record"), name="one_look_a_record"),)
