"""The segmentation as statements that somebody can run elsewhere."""

from collections.abc import Iterator
from datetime import date

from obc.domain.measurement.segmentation.facts import Aged, Leaf
from obc.domain.measurement.segmentation.segmentation import Segmentation
from obc.engine.dialects.rendering import translated
from obc.engine.segmentation.assign import decided, members
from obc.engine.segmentation.packed import holds
from obc.engine.segmentation.spans import ALIVE, CodeLists, place

WITHOUT = ("tsql",)
"""Dialects that have neither truth values in columns nor days to which a number is added."""


def statements(segmentation: Segmentation, lists: CodeLists, until: date, dialect: str) -> str:
    """Statements that make the table `memberships` from the logical tables, up to `until`, and what their numbers mean.

    Where the dialect cannot say it, a remark on the table that has to be made by other means.
    """
    if dialect in WITHOUT:
        return (
            "-- memberships(person_id, segment, provider, joined, left_on) must be there: obc does not print in this\n"
            "-- dialect how it is made. Make it where you can, and load it.\n"
        )
    made = (
        ("decided", decided(segmentation, lists, until, "TRUE")),
        ("memberships", members(segmentation, until)),
    )
    key = "".join(f"-- {line}\n" for line in _key(segmentation))
    return f"{key}\n" + "\n\n".join(
        f"-- {name}\n{translated(f'CREATE TABLE {name} AS {query}', dialect, pretty=True)};" for name, query in made
    )


def _key(segmentation: Segmentation) -> Iterator[str]:
    yield "Each fact has a bit of its own in a number:"
    yield f"{holds(ALIVE)}: alive"
    for leaf in segmentation.leaves:
        yield f"{holds(place(leaf, segmentation.leaves))}: {_said(leaf)}"
    yield "The first rule that holds counts:"
    for number, rule in enumerate(segmentation.scope):
        yield f"scope_rule {number}: {rule.id}, {rule.status}"
    for number, group in enumerate(segmentation.segments):
        yield f"segment_rule {number}: {group.id}"


def _said(leaf: Leaf) -> str:
    """A fact as it is written in the file of the segmentation, on one line."""
    if isinstance(leaf, Aged):
        return f"age {leaf.age[0]} to {leaf.age[1]}"
    written = leaf.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    where = written.pop("where", ())
    last = {"within": written.pop("within")} if leaf.within else {}
    parts = [f"{key} {_listed(value)}" for key, value in {**written, **last}.items()]
    parts += [f"where {item['column']} is {_listed(item['among'])}" for item in where]
    return ", ".join(parts)


def _listed(value: object) -> str:
    return " or ".join(map(str, value)) if isinstance(value, list) else str(value)
