"""The papers that can be asked for: whom each serves, what it is made from, how it is written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from obc.bootstrap import contracts, engagement, managing, programme, settling, watching
from obc.domain.core.kernel.problem import refusal
from obc.domain.money.settlement.returns import Returns
from obc.domain.money.settlement.statement import Statement
from obc.loaders.programme import open_programme

RUNS, SEED = 20_000, 1
"""How often a range is drawn, and from which seed: the same for everybody, so that equal questions get equal papers."""

Needs = Literal["nothing", "a case for change", "figures", "a settlement"]


@dataclass(frozen=True)
class Source:
    """What a paper is made from, as files: a contract's folder, or a programme's."""

    folder: Path
    on: date
    year: int | None = None
    values: Path | None = None
    returns: Path | None = None
    statement: Path | None = None


@dataclass(frozen=True)
class Paper:
    """A paper: its title, whom it serves, what it is `of`, what it cannot be made without."""

    title: str
    serves: str
    of: Literal["contract", "programme"]
    needs: Needs
    write: Callable[[Source, Path], object]


def _forecast(source: Source, out: Path) -> object:
    from obc.reports.forecast import write_forecast

    contract = contracts.load_contract(str(source.folder))
    year = source.year or contract.years[0]
    returns = Returns.model_validate_json(_given(source.returns).read_bytes())
    made, _ = watching.forecast(contract, _given(source.values), year, RUNS, SEED, returns=returns)
    return write_forecast(made, None, contract, out, watching.transfer(contract, year))


def _monitoring(source: Source, out: Path) -> object:
    return watching.write_monitoring(contracts.load_contract(str(source.folder)), _given(source.values), (), out)


def _statement(source: Source, out: Path) -> object:
    contract = contracts.load_contract(str(source.folder))
    made = Statement.model_validate_json(_given(source.statement).read_bytes())
    settling.write_reports(contract, made, settling.values_of(_given(source.values)), out)
    return out


def _given(path: Path | None) -> Path:
    if path is None:
        raise refusal("the paper", "what it is made from", "nothing", "ask for it once there are figures")
    return path


FORECAST = Paper("Forecast", "finance and leads: where may the year end?", "contract", "figures", _forecast)

REPORTS: Mapping[str, Paper] = MappingProxyType(
    {
        "contract": Paper(
            "The contract as a document",
            "both sides' signatories: what exactly is agreed?",
            "contract",
            "nothing",
            lambda source, out: managing.write_contract(str(source.folder), None, None, source.on, out),
        ),
        "business-case": Paper(
            "Business case",
            "the governing body: is it worth the money, and how sure is that?",
            "contract",
            "a case for change",
            lambda source, out: programme.write_business_case(str(source.folder), out, RUNS, SEED),
        ),
        "monitoring": Paper(
            "Control charts",
            "analysts and leads: what has changed more than chance would have it?",
            "contract",
            "figures",
            _monitoring,
        ),
        "statement": Paper(
            "Statement, scorecard and ledger",
            "finance and boards: what is due, and how did it come about?",
            "contract",
            "a settlement",
            _statement,
        ),
        "board-paper": Paper(
            "Board paper",
            "the governing body: what is it asked to decide?",
            "programme",
            "nothing",
            lambda source, out: engagement.write_board_paper(
                open_programme(str(source.folder)), source.on, out, RUNS, SEED
            ),
        ),
        "engagement": Paper(
            "What was heard",
            "boards and representatives: what matters to whom, and what became of it?",
            "programme",
            "nothing",
            lambda source, out: engagement.write_engagement(open_programme(str(source.folder)), source.on, out),
        ),
    }
)
"""The papers by the name that asks for them."""
