"""A command that is stopped with Ctrl-C says so, ends with 130 and leaves nothing by halves."""

import signal
import subprocess
import sys

from command import obc
from synthetic_county import made

CONTRACT = "oxfordshire-mental-health"


def test_a_second_run_keeps_what_is_good_and_a_stopped_one_leaves_nothing_by_halves(tmp_path):
    made(tmp_path / "records", people=60)
    measure = ["measure", CONTRACT, "--records", str(tmp_path / "records"), "--keep", str(tmp_path / "kept"), "--out"]

    command = [sys.executable, "-m", "obc.cli.main", *measure, str(tmp_path / "stopped.csv")]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as stopped:
        assert stopped.stderr
        while "Measuring" not in stopped.stderr.readline():
            pass
        stopped.send_signal(signal.SIGINT)
        said = stopped.stderr.read()
    assert (stopped.returncode, said) == (130, "Stopped. No file is left half written.\n")
    assert not (tmp_path / "stopped.csv").exists()
    assert not [path for path in (tmp_path / "kept").iterdir() if path.name.startswith(".")]

    first = obc(*measure, tmp_path / "first.csv")
    assert first.status == 0 and "525 sums were kept" in first.err
    second = obc(*measure, tmp_path / "second.csv")
    assert "525 of 525 sums were kept, 0 measured" in second.err
    assert (tmp_path / "first.csv").read_bytes() == (tmp_path / "second.csv").read_bytes()


def test_keeping_is_not_for_a_cluster(tmp_path):
    ran = obc("measure", CONTRACT, "--records", tmp_path, "--keep", tmp_path, "--engine", "spark")
    assert ran.status == 2 and "a cluster keeps no sums" in ran.err
