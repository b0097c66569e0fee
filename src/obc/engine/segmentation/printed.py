"""The segmentation as statements that somebody can run elsewhere."""

from datetime import date

from obc.domain.measurement.segmentation.segmentation import Segmentation
from obc.engine.dialects.rendering import translated
from obc.engine.segmentation.assign import decided, members
from obc.engine.segmentation.spans import CodeLists

WITHOUT = ("tsql",)
"""Dialects that have neither truth values in columns nor days to which a number is added."""


def statements(segmentation: Segmentation, lists: CodeLists, until: date, dialect: str) -> str:
    """Statements that make the table `memberships` from the logical tables, up to `until`.

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
    return "\n\n".join(
        f"-- {name}\n{translated(f'CREATE TABLE {name} AS {query}', dialect, pretty=True)};" for name, query in made
    )
