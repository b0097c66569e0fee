"""Books, lines, papers: what happened, never changed; and how things stand, worked out from it."""

from django.db import models


class Book(models.Model):
    """A contract, or a programme, whose actions form one chain. `head` is the hash of its last line."""

    id = models.SlugField(primary_key=True, max_length=80)
    lines = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=71)


class Line(models.Model):
    """An action of a trail. Triggers refuse to change or delete one, whoever asks."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="written")
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    by = models.SlugField(max_length=80)
    roles = models.JSONField()
    verb = models.CharField(max_length=80)
    kind = models.SlugField(max_length=80)
    record = models.SlugField(max_length=120)
    why = models.TextField()
    before = models.TextField(null=True)
    after = models.TextField()
    previous = models.CharField(max_length=71)
    digest = models.CharField(max_length=71)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("book", "number"), name="one_line_a_number"),)
        indexes = (models.Index(fields=("book", "kind", "record")),)
        ordering = ("book", "number")


class Standing(models.Model):
    """A record as the last line about it (`number`) left it, worked out from the lines for quick reading."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="standing")
    kind = models.SlugField(max_length=80)
    record = models.SlugField(max_length=120)
    content = models.TextField()
    number = models.PositiveBigIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("book", "kind", "record"), name="one_standing_a_record"),)
        ordering = ("book", "kind", "id")


class Paper(models.Model):
    """A file by the hash of its bytes: values, a statement, a contract's folder. Kept once, never changed."""

    digest = models.CharField(primary_key=True, max_length=71)
    content = models.BinaryField()
