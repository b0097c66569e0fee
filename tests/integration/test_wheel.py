"""The wheel holds all that obc is: installed elsewhere, with nothing of the repository about, it serves."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile

import pytest

from places import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, unpacked as pip would."""
    uv = ROOT / ".uv" / "bin" / "uv"
    out = tmp_path_factory.mktemp("wheel")
    command = [str(uv) if uv.exists() else shutil.which("uv"), "build", "--wheel", "--quiet", "--out-dir", out]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = out.glob("*.whl")
    with zipfile.ZipFile(built) as packed:
        packed.extractall(out / "unpacked")
    return out / "unpacked"


def test_every_file_of_the_package_is_in_it(wheel):
    listed = subprocess.run(["git", "ls-files", "src/obc"], cwd=ROOT, text=True, capture_output=True, check=True)
    tracked = {name.removeprefix("src/") for name in listed.stdout.splitlines() if (ROOT / name).is_file()}
    there = {path.relative_to(wheel).as_posix() for path in wheel.rglob("*") if path.is_file()}
    assert tracked and tracked <= there, sorted(tracked - there)[:10]
    for ending in (".jinja", ".css", ".js", ".yaml", ".html", ".typ"):
        assert any(name.endswith(ending) for name in tracked if name in there), ending


def test_it_serves_the_demonstration_with_its_static_files(wheel, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("OBC_", "DJANGO_", "DATABASE_"))}
    # found before what is installed for development, and run from a folder without the repository
    surroundings = {**clean, "PYTHONPATH": str(wheel), "OBC_HOME": str(tmp_path / "home")}
    command = [sys.executable, "-m", "obc.cli.main", "serve", "--demo", "--no-worker", "--port", str(port)]
    with subprocess.Popen(command, env=surroundings, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as server:
        try:
            page = _asks(server, f"http://localhost:{port}/")
            assert "Oxfordshire" in page
            styles = re.findall(r'href="(/static/[^"]+\.css)"', page)
            assert len(styles) == 2 and all(_asks(server, f"http://localhost:{port}{one}") for one in styles)
        finally:
            server.terminate()
    where = subprocess.run(
        [sys.executable, "-c", "import obc; print(obc.__file__)"],
        env=surroundings,
        cwd=tmp_path,
        text=True,
        capture_output=True,
        check=True,
    )
    assert where.stdout.startswith(str(wheel))


def _asks(server: subprocess.Popen[str], address: str) -> str:
    """What stands there; the server has five minutes to come up, on a machine that does much else."""
    end = time.monotonic() + 300
    while True:
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError:
            raise
        except OSError:
            assert server.poll() is None and time.monotonic() < end, "it did not start"
            time.sleep(0.3)
