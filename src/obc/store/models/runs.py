"""Long work, so that it is neither lost nor done twice."""

from django.db import models


class Run(models.Model):
    """One piece of long work. Equal inputs are one run: `inputs` is the hash of everything it depends on.

    A worker takes it for a while (`leased_until`) under a `fence` number that grows with each taking. Only the holder
    of the newest fence may write the result, so that a worker which was thought dead cannot. How far it has come is
    `done_of` of `whole`, and what it is at is `doing`, in words.
    """

    class State(models.TextChoices):
        """The life of a run."""

        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"
        LOST = "lost"

    book = models.ForeignKey("store.Book", on_delete=models.PROTECT, related_name="runs")
    kind = models.CharField(max_length=40)
    inputs = models.CharField(max_length=71, unique=True)
    asked = models.JSONField()
    asked_by = models.SlugField(max_length=80)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    fence = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    done_of = models.PositiveIntegerField(default=0)
    whole = models.PositiveIntegerField(default=0)
    doing = models.CharField(max_length=120, blank=True)
    result = models.CharField(max_length=71, blank=True)
    message = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("asked_at", "id")
        indexes = (models.Index(fields=("state", "leased_until")),)
