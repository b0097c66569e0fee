"""The registered population and its deaths, by calendar year, sex and five-year age band."""

import math

import numpy as np

from obc.synthetic.draws import Generator
from obc.synthetic.extract import Coded, Extract
from obc.synthetic.truth import Truth

_BAND = 5
_SEXES = ("1", "2")


def populate(rng: Generator, truth: Truth, people: int, last_year: int, extract: Extract) -> None:
    """Add counts of people and of deaths (Poisson about the general rates) up to `last_year`.

    The area has the registered people of the truth file, or as many more as it takes for those in the records
    to be no larger a share of it than `service users`. Its structure stays the same over the years.
    """
    county = truth.county
    registered = max(county.registered, math.ceil(people / county.service_users))
    years = np.arange(truth.records_start.year, last_year + 1)
    bands = np.array([age for age, _ in county.ages])
    shares = np.array([share for _, share in county.ages])
    year, sex, band = (part.ravel() for part in np.meshgrid(years, [0, 1], np.arange(len(bands)), indexing="ij"))
    count = np.rint(registered * shares / shares.sum() / 2)[band]
    mortality = county.mortality
    rate = mortality.at_30 * np.exp(mortality.growth * (bands + _BAND / 2 - 30))[band]
    rate = np.minimum(rate * np.where(sex == 1, mortality.women, 1), 1)
    keys = {"year": year, "sex": Coded(_SEXES, sex), "age": bands[band]}
    extract.put("population", len(year), people=count, **keys)
    extract.put("population_deaths", len(year), deaths=rng.poisson(count * rate), **keys)
