"""What could follow that nobody intends: how bad, how likely, before and after what is done about it."""

from pydantic import Field

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug


class Level(Written):
    """How bad and how likely, each from 1 to 5."""

    impact: int = Field(ge=1, le=5)
    likelihood: int = Field(ge=1, le=5)

    @property
    def score(self) -> int:
        """Impact times likelihood, 1 to 25."""
        return self.impact * self.likelihood


class Consequence(Written):
    """An unintended consequence, and what is done about it."""

    id: Slug
    says: str
    now: Level
    done_about_it: str
    then: Level
    source: str
