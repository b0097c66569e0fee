"""Pages of the primitives: what each is for, its keys, worked examples with their pictures."""

import inspect
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from textwrap import indent

import yaml
from primitive_examples import EXAMPLES, Example

from obc.domain.core.kernel.period import Period
from obc.domain.core.kernel.rate import exact
from obc.domain.money.payment.evaluation import Evaluation, evaluate
from obc.domain.money.payment.mechanism import PRIMITIVES, Mechanism
from obc.domain.money.payment.trace import said
from obc.domain.money.settlement.contract_year import ContractYear
from obc.domain.money.settlement.settlement import settle
from obc.domain.outcomes.scoring.evidenced import Evidenced
from obc.domain.outcomes.scoring.step import Step
from obc.reports.charts.chart import Chart
from obc.reports.charts.read_off import Line, read_off


def primitive_pages(folder: Path) -> Iterator[tuple[Path, list[str] | str, str]]:
    """(path, lines or the text of a picture, title) of every page and picture."""
    yield folder / "README.md", list(_contents()), "Primitives"
    for name, model in PRIMITIVES.items():
        charts = [_picture(name, i, one) for i, one in enumerate(EXAMPLES[name])]
        yield folder / f"{name}.md", list(_primitive(name, model, charts)), name.capitalize()
        for chart in charts:
            yield folder / f"{chart.name}.svg", chart.svg, ""


def _contents() -> Iterator[str]:
    yield "A payment mechanism is an ordered list of steps, each of one of these kinds. The order is the"
    yield "contract's to say. How they are written: [the payment mechanism](../payment-mechanism.md).\n"
    yield "| primitive | what it does |"
    yield "|---|---|"
    for name, model in PRIMITIVES.items():
        first = (inspect.getdoc(model) or "").split("\n\n")[0].replace("\n", " ")
        yield f"| [{name}]({name}.md) | {first} |"


def _primitive(name: str, model: type[Step], charts: list[Chart]) -> Iterator[str]:
    yield from _about(model)
    keys = [field.alias or key for key, field in model.model_fields.items()]
    own = [key for key in keys if key not in ("step", "why", "source")]
    needed = [field.alias or key for key, field in model.model_fields.items() if field.is_required()]
    told = ", ".join(f"**`{key}`**" if key in needed else f"`{key}`" for key in own)
    yield f"Keys (bold: needed): {told}; and, as in every step, **`step`**, `why`, `source`.\n"
    for example, chart in zip(EXAMPLES[name], charts, strict=True):
        yield f"## {example.title}\n"
        yield f"{example.says}\n"
        yield f"```yaml\n{example.steps}\n```\n"
        yield f"![{chart.sentence}]({chart.name}.svg)\n"
        yield from _worked(example)
        if example.entries_at is not None:
            yield from _entries(example, example.entries_at)
        yield ""


def _about(model: type[Step]) -> Iterator[str]:
    """What the code says of itself; lines that begin with a word and a colon become a list."""
    listed = False
    for line in (inspect.getdoc(model) or "").splitlines():
        word = re.match(r"[A-Za-z][A-Za-z ]*: ", line)
        within = listed and line.startswith(" ")
        if listed and line and not word and not within:
            yield ""
        listed = bool(word) or within
        yield f"- **{word[0].strip()}** {line[word.end() :]}" if word else f"  {line.strip()}" if within else line
    yield ""


def _worked(example: Example) -> Iterator[str]:
    done = _done(example)
    yield "| " + " | ".join((example.varies, *example.shows)) + " |"
    yield "|" + "---:|" * (1 + len(example.shows))
    for i, place in enumerate(example.at):
        yield "| " + " | ".join((said(exact(place)), *(said(done[step][i]) for step in example.shows))) + " |"


def _entries(example: Example, at: str) -> Iterator[str]:
    """What the ledger has after a contract year from 1 April to 31 March, settled on 1 August."""
    whole = Period(start=date(2027, 4, 1), end=date(2028, 3, 31))
    days = {1: ContractYear(whole, whole, date(2028, 8, 1))}
    inputs = {example.varies: Evidenced.of([at])}
    _, (done,) = settle(_rules(example, last=False), inputs, ["provider"], [1], days)
    yield f"\nThe entries of a year that comes to {at}:\n"
    yield "| due | from | to | amount | reason |"
    yield "|---|---|---|---:|---|"
    for entry in done.entries:
        amount = f"{entry.amount_minor / 100:,.2f}"
        yield f"| {entry.due:%-d %B %Y} | {entry.credit} | {entry.debit} | {amount} | {entry.reason} |"


def _done(example: Example) -> Evaluation:
    inputs = {name: Evidenced.of([value or None]) for name, value in example.given.items()}
    return evaluate(_rules(example), {example.varies: Evidenced.of(example.at), **inputs}, 1)


def _rules(example: Example, last: bool = True) -> Mechanism:
    """The example as a mechanism; `last`: its last value is settled, as every mechanism must settle something."""
    names = [example.varies, *example.given]
    text = "inputs:\n" + "".join(f"  - input: {name}\n" for name in names) + "steps:\n" + indent(example.steps, "  ")
    if last:
        settled = "pot" if "pool:" in example.steps else example.shows[-1]
        text += f"\n  - {{step: settled in the end, settle: {settled}, reason: example, round: half up}}\n"
    return Mechanism.model_validate(yaml.load(text, Loader=yaml.BaseLoader))


def _picture(name: str, i: int, example: Example) -> Chart:
    done = _done(example)
    places = [exact(place) for place in example.at]
    lines = [Line(step, tuple(done[step][k] for k in range(len(places)))) for step in example.shows]
    ends = "; ".join(f"{line.step} from {said(line.values[0])} to {said(line.values[-1])}" for line in lines)
    sentence = f"{example.varies} from {said(places[0])} to {said(places[-1])}: {ends}."
    stem = name if i == 0 else f"{name}-{i + 1}"
    return read_off(stem, example.title, sentence, example.varies, places, lines)
