"""Organisations: who commissions, who provides."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
"""A name for machines: lower-case words joined by hyphens."""


class Organisation(BaseModel):
    """A body that can sign, pay or be paid."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Slug
    name: str
    code: str | None = Field(default=None, description="the code in the records, such as the ODS code `RNU`")
