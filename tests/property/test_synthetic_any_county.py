"""Whatever the seed, the dial and the faults: lives are possible, and counts add up."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from obc.synthetic import make
from obc.synthetic.extract import FOREVER, NOTHING, Extract
from obc.synthetic.faults import NOBODY, UNKNOWN_CODE, Faults, Late, spoil
from obc.synthetic.model import Shares
from synthetic_county import oxfordshire

SHARE = st.floats(0, 1)
FEW = st.floats(0, 0.2)


@pytest.fixture(scope="module", autouse=True)
def _small_chunks() -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(make, "CHUNK", 150)
        yield


def drawn(seed: int, people: int = 300, improvement: float = 1) -> Extract:
    """A small county in compact form, of several chunks."""
    return make.draw(oxfordshire().dialled(improvement), people, seed)


@settings(max_examples=settings.default.max_examples // 2)
@given(seed=st.integers(0, 2**63), people=st.integers(1, 400), improvement=st.floats(0, 3))
def test_every_life_is_possible(seed: int, people: int, improvement: float) -> None:
    extract = drawn(seed, people, improvement)
    tables = {name: rows.columns() for name, rows in extract.tables.items()}
    who = tables["people"]["person_id"]
    assert np.array_equal(who, np.arange(1, people + 1))
    death = np.full(people + 1, FOREVER)
    death[tables["deaths"]["person_id"]] = tables["deaths"]["happened"]
    birth = np.concatenate(([0], tables["people"]["birth_date"]))
    for name, columns in tables.items():
        if "happened" not in columns:
            continue
        person, happened = columns["person_id"], columns["happened"]
        assert (happened >= birth[person]).all(), name
        assert (happened <= np.minimum(death[person], extract.last_day)).all(), name
        for ending in {"discharged", "ended"} & columns.keys():
            closed = columns[ending] != NOTHING
            assert (columns[ending][closed] >= happened[closed]).all(), name
            assert (columns[ending][closed] <= np.minimum(death[person][closed], extract.last_day)).all(), name
    for child, parent, column in (
        ("contacts", "referrals", "referral_id"),
        ("scores", "referrals", "referral_id"),
        ("carer_scores", "carers", "carer_id"),
    ):
        assert np.isin(tables[child][column], tables[parent][column]).all(), child
    for name, rows in extract.tables.items():
        key = list(zip(*(tables[name][column].tolist() for column in rows.table.key), strict=True))
        assert len(set(key)) == len(key), name


@settings(max_examples=settings.default.max_examples // 2)
@given(
    seed=st.integers(0, 2**32),
    repeated=FEW,
    unknown_code=FEW,
    wrong_order=FEW,
    orphan=FEW,
    late=SHARE,
    months=st.integers(1, 24),
)
def test_rows_with_faults_are_as_many_as_told(
    seed: int, repeated: float, unknown_code: float, wrong_order: float, orphan: float, late: float, months: int
) -> None:
    faults = Faults(
        repeated=repeated,
        unknown_code=unknown_code,
        wrong_order=wrong_order,
        orphan=orphan,
        late=Late(share=late, months=months),
    )
    extract = drawn(seed % 7)
    for name in ("clusters", "scores", "spells"):
        rows = extract.tables[name]
        before = rows.columns()
        after, sown = spoil(np.random.default_rng(seed), faults, rows, before, extract.last_day)
        told = {entry.fault: entry.rows for entry in sown}
        code = "item" if name == "scores" else "admission_method" if name == "spells" else "cluster"
        first = slice(0, len(after["happened"]) - told.get("repeated", 0))
        assert len(after["happened"]) == len(before["happened"]) - told.get("not sent yet", 0) + told.get("repeated", 0)
        bad = rows.labels[code].get(UNKNOWN_CODE, -2)
        assert int((after[code][first] == bad).sum()) == told.get("unknown code", 0)
        assert int((after["person_id"][first] > NOBODY - 10**6).sum()) == told.get("orphan", 0)
        for ending in {"discharged", "ended"} & after.keys():
            backwards = (after[ending] != NOTHING) & (after[ending] < after["happened"])
            assert int(backwards[first].sum()) == told.get("wrong order", 0)
        damaged = sum(told.get(fault, 0) for fault in ("unknown code", "orphan", "wrong order", "repeated"))
        assert damaged <= len(before["happened"])


@given(years=st.lists(SHARE, min_size=1, max_size=6), year=st.integers(-3, 12), improvement=st.floats(0, 1))
def test_a_dial_up_to_one_stays_between_the_baseline_and_what_is_written(
    years: list[float], year: int, improvement: float
) -> None:
    course = Shares.model_validate({"others": years})
    written = course.value("anybody", year, 1)
    low, high = sorted((years[0], written))
    assert low - 1e-12 <= course.value("anybody", year, improvement) <= high + 1e-12
    assert course.value("anybody", year, 0) == years[0]
