"""Small mechanisms for the tests of scoring and payment, written as a contract would write them."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import yaml

from obc.domain.core.kernel.rate import exact
from obc.domain.money.payment.evaluation import Evaluation, evaluate
from obc.domain.money.payment.mechanism import Mechanism
from obc.domain.outcomes.scoring.evidenced import Evidenced

LAST = """
  - step: paid
    settle: {settled}
    reason: test
    round: half up
"""


def mechanism(text: str) -> Mechanism:
    """A mechanism from YAML, every scalar as text, as the loader reads it."""
    return Mechanism.model_validate(yaml.load(text, Loader=yaml.BaseLoader))


def step(text: str, inputs: Sequence[str]) -> Mechanism:
    """A mechanism of the inputs and one step called `result`, whose fields are `text`."""
    body = "\n".join("    " + line for line in text.strip().splitlines())
    names = "\n".join(f"  - input: {name}" for name in inputs)
    start = f"inputs:\n{names}\n" if inputs else ""
    return mechanism(f"{start}steps:\n  - step: result\n    source: test\n{body}{LAST.format(settled='result')}")


def result(text: str, years: int | Sequence[int] = 1, **inputs: Any) -> Evaluation:
    """One step worked through; underscores in the names of inputs are spaces."""
    given = {name.replace("_", " "): value for name, value in inputs.items()}
    made = step(text, list(given))
    values = {
        name: value if isinstance(value, Evidenced) else Evidenced.of(value if isinstance(value, list) else [value])
        for name, value in given.items()
    }
    return evaluate(made, values, years)


def value(text: str, years: int = 1, **inputs: Any) -> Fraction | None:
    """What the step comes to."""
    return result(text, years, **inputs)["result"][0]


def fractions(texts: Sequence[str | int | None]) -> list[Fraction | None]:
    """Expected answers from text."""
    return [None if text is None else exact(text) for text in texts]
