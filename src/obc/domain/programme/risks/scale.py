"""How bad and how likely: the five steps of each, the score, and the colour that a score has.

Business case for mental health (November 2013), appendix 8: score = severity × likelihood; green to 6, amber to 15, red
from 16. What each step means is said here in our own words.
"""

from typing import Literal

from pydantic import Field

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.people import Text

Band = Literal["green", "amber", "red"]

BANDS: tuple[tuple[Band, int], ...] = (("green", 6), ("amber", 15), ("red", 25))
"""The highest score of each."""

STEPS = range(1, 6)

SEVERITY = {
    1: ("insignificant", "hardly noticed; put right within the day's work"),
    2: ("minor", "a nuisance to some; a small delay or cost that the budget bears"),
    3: ("moderate", "people notice; a step of the plan or a sum that must be reported is lost"),
    4: ("major", "care or money suffers for months; the decision to go on is in doubt"),
    5: ("catastrophic", "people come to harm, a service fails, or the programme ends"),
}

LIKELIHOOD = {
    1: ("rare", "well in hand; it would take exceptional circumstances"),
    2: ("unlikely", "in hand as well as elsewhere; it could happen some time"),
    3: ("possible", "partly in hand; it should be expected at some time"),
    4: ("likely", "poorly in hand, or worse than elsewhere; it happens in most circumstances"),
    5: ("almost certain", "nothing works against it; count on it"),
}
"""The source calls the third step moderate, as it does the third of severity; here each word stands once."""


def band(score: int) -> Band:
    """The colour of a score from 0 to 25."""
    if not 0 <= score <= BANDS[-1][1]:
        raise ValueError(f"a score of {score}: scores go from 0 to {BANDS[-1][1]}")
    return next(name for name, highest in BANDS if score <= highest)


class Rating(Written):
    """How bad it would be and how likely it is, and why somebody thinks so."""

    severity: int = Field(ge=1, le=5)
    likelihood: int = Field(ge=1, le=5)
    because: Text | None = None

    @property
    def score(self) -> int:
        """Severity times likelihood."""
        return self.severity * self.likelihood

    @property
    def band(self) -> Band:
        """The colour of the score."""
        return band(self.score)
