"""Drawing: a year's figure as it may end, thousands of times over.

A proportion to come is beta-binomial, events to come in person-time are gamma-Poisson, a sum of scores to come follows
Student's t: each is the predictive distribution under Jeffreys' prior, so that both the doubt about the true rate and
the chance of the draw are in it (Gelman et al., Bayesian Data Analysis, 3rd edition, sections 2.4, 2.6 and 3.2).
"""

from fractions import Fraction
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from obc.domain.core.kernel.provenance import Evidence
from obc.domain.core.kernel.rate import Ratios
from obc.domain.outcomes.forecast.prospect import Prospect
from obc.domain.outcomes.scoring.evidenced import Evidenced, code

Ints = npt.NDArray[np.int64]

FINE = 1000
"""Parts into which one expected event is divided: finer changes no threshold, and numbers stay small."""


class Drawn:
    """Counts as they may end: the numerator of each run, one denominator for all."""

    def __init__(self, prospect: Prospect, runs: int, random: np.random.Generator):
        self.prospect = prospect
        so_far = prospect.so_far
        self.size = int(so_far.denominator) + prospect.coming
        coming = _coming(prospect, runs, random) if prospect.evidence.usable else None
        self.top: Ints | None = None if coming is None else coming + round(so_far.numerator)

    def figure(
        self, scale: Fraction, kind: Literal["value", "ratio"] = "value", minimum_cases: int = 0, more: int = 0
    ) -> Evidenced:
        """What is judged: a value times `scale`, or a ratio to the events expected; `more` units in the numerator.

        One line for each run, provisional; missing, with the reason, where nothing can be said.
        """
        if self.top is None:
            state = Evidence.INSUFFICIENT if self.prospect.evidence.usable else self.prospect.evidence
            return Evidenced.missing(state=state)
        under = Fraction(self.size)
        if kind == "ratio":
            sample = self.prospect.sample
            share = sample.expected / sample.denominator if sample.denominator else Fraction(0)
            under, scale = Fraction(round(share * self.size * FINE), FINE), Fraction(1)
        if not under or self.size < minimum_cases:
            return Evidenced.missing(state=Evidence.INSUFFICIENT)
        factor = scale / under
        top = np.clip(self.top + more, 0, self.size if self.prospect.measure == "proportion" else None)
        values = Ratios(top, np.ones_like(top)) * Ratios.of([factor])
        return Evidenced(values, np.full(len(top), code(Evidence.PROVISIONAL), dtype=np.int8))


def _coming(prospect: Prospect, runs: int, random: np.random.Generator) -> Ints | None:
    """The numerator of the units to come; None where the sample is too small to say."""
    sample, coming = prospect.sample, prospect.coming
    if not coming:
        return np.zeros(runs, dtype=np.int64)
    if not sample.denominator:
        return None
    top, under = float(sample.numerator), float(sample.denominator)
    drawn: npt.NDArray[Any]
    match prospect.measure:
        case "proportion":
            drawn = random.binomial(coming, random.beta(top + 0.5, under - top + 0.5, runs))
        case "rate":
            drawn = random.poisson(random.gamma(top + 0.5, coming / under, runs))
        case "mean":
            if sample.denominator < 2:
                return None
            spread = max(0.0, float(sample.squares) - top * top / under) / (under - 1)
            reach = np.sqrt(spread * coming * (1 + coming / under))
            drawn = np.rint(coming * top / under + reach * random.standard_t(under - 1, runs))
    return drawn.astype(np.int64)
