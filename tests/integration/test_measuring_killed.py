"""A run that is killed leaves nothing by halves: the next one finds what was finished, and the same bytes come out."""

import os
import signal
import subprocess
import sys
import textwrap
from decimal import Decimal
from pathlib import Path

import pytest

from obc.domain.measurement.indicators.tally import Tally
from obc.engine.keeping.kept import Kept
from places import ROOT

STEPS = textwrap.dedent("""
    import os, sys, time
    from pathlib import Path

    stop_at, month, kept, out = int(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4])
    steps = 0

    def counted(real):
        def run(*given, **options):
            global steps
            steps += 1
            if steps == stop_at:
                print("here", flush=True)
                time.sleep(60)
            return real(*given, **options)
        return run

    # a file is then written but not yet safe; safe but not yet under its name
    os.fsync, Path.replace = counted(os.fsync), counted(Path.replace)

    from indicator_engines import QUARTER, definition, load_memberships, rate, records
    from obc.domain.measurement.indicators.values import ValueSet
    from obc.engine.indicators.measure import values_of
    from obc.engine.keeping.again import tally_again
    from obc.engine.keeping.kept import Kept
    from obc.engine.values_file import write_values
    from record_tables import loaded

    late = "| ann       P1       2026-06-02" if month == "second" else ""
    tables, members = records(f'''
        people    | person_id birth_date
                  | ann       1980-05-01
                  | bob       1990-01-01
        contacts  | person_id provider happened
                  | ann       P1       2026-02-03
                  | bob       P1       2026-05-03
                  {late}
        deaths    | person_id happened
                  | bob       2026-06-20
    ''')
    periods = [QUARTER.of_months(QUARTER.start.replace(month=1), 3), QUARTER]
    asked = [
        definition(id="seen", numerator={"count": "contacts", "between": ["period start", "period end"]}),
        definition(id="alive", numerator={"alive": "anchor"}, counts="person"),
        rate(id="deaths", events={"events": "deaths"}),
    ]
    with loaded(tables) as connection:
        load_memberships(connection, members)
        sums, reuse = tally_again(connection, asked, {}, periods, None, Kept(kept, "a test"))
    write_values(ValueSet(values=values_of(sums, asked, periods)), out)
    print(reuse.kept, reuse.measured, steps)
""")


def run(stop_at: int, month: str, folder: Path) -> str:
    """What a run says; one that comes to the step at which it is to stop is killed there."""
    command = [sys.executable, "-c", STEPS, str(stop_at), month, str(folder / "kept"), str(folder / "values.csv")]
    paths = os.pathsep.join([str(ROOT / "tests"), str(ROOT / "src")])
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": paths}) as run:
        assert run.stdout
        said = run.stdout.readline().strip()
        if said == "here":
            run.send_signal(signal.SIGKILL)
    return said


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The values of each month, of runs that nobody disturbs."""
    found = {}
    for month in ("first", "second"):
        folder = tmp_path_factory.mktemp(month)
        assert run(0, month, folder) == "0 6 13"
        found[month] = (folder / "values.csv").read_bytes()
    assert found["first"] != found["second"]
    return found


@pytest.mark.parametrize("step", [1, 6, 13])
def test_the_run_after_a_killed_one_gives_the_same_bytes(step, tmp_path, undisturbed):
    assert run(step, "first", tmp_path) == "here"
    assert not (tmp_path / "values.csv").exists()
    finished = len([path for path in (tmp_path / "kept").iterdir() if not path.name.startswith(".")])
    assert finished == (step - 1) // 2
    assert run(0, "first", tmp_path).startswith(f"{finished} {6 - finished} ")
    assert (tmp_path / "values.csv").read_bytes() == undisturbed["first"]


@pytest.mark.parametrize("step", [2, 3])
def test_a_month_that_was_killed_leaves_the_values_of_the_month_before(step, tmp_path, undisturbed):
    run(0, "first", tmp_path)
    assert run(step, "second", tmp_path) == "here"
    assert (tmp_path / "values.csv").read_bytes() == undisturbed["first"]
    assert run(0, "second", tmp_path).startswith("5 1 " if step < 3 else "6 0 ")
    assert (tmp_path / "values.csv").read_bytes() == undisturbed["second"]


SUMS = {(("s", "P1"), ("young",)): Tally(Decimal(1), Decimal(2), 0, Decimal("2.5"), None), (("s", None), ()): Tally()}


@pytest.mark.parametrize(
    "harm", [lambda whole: whole[:-40], lambda whole: whole.replace(b'"1"', b'"2"'), lambda _: b"", lambda _: b"[]"]
)
def test_kept_sums_that_are_not_whole_are_not_believed(harm, tmp_path):
    kept = Kept(tmp_path, "a test")
    kept.write("sha256:ab", SUMS)
    assert kept.read("sha256:ab") == SUMS
    (path,) = tmp_path.iterdir()
    whole = path.read_bytes()
    path.write_bytes(harm(whole))
    assert path.read_bytes() != whole
    assert kept.read("sha256:ab") is None


def test_what_a_killed_run_left_unfinished_goes_after_a_day(tmp_path):
    fresh, old = tmp_path / ".a.unfinished", tmp_path / ".b.unfinished"
    for path in (fresh, old):
        path.touch()
    os.utime(old, (0, 0))
    Kept(tmp_path, "a test")
    assert fresh.exists() and not old.exists()
