"""What the tests need of the machine, beyond Python: found, or installed where we may, or named."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import postgresql

BROWSER = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")


def browser() -> str | None:
    """The path of a Chromium; None where there is none. OBC_CHROMIUM names another."""
    named = os.environ.get("OBC_CHROMIUM")
    return next((path for path in ((named,) if named else BROWSER) if shutil.which(path)), None)


def java() -> str | None:
    """The path of a Java that runs Spark, 17 or later, as Spark looks for it; None where there is none."""
    home = os.environ.get("JAVA_HOME")
    found = shutil.which(str(Path(home) / "bin" / "java") if home else "java")
    if found is None:
        return None
    said = subprocess.run([found, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', said)
    return found if version and int(version[1]) >= 17 else None


NEEDED: tuple[tuple[str, Callable[[], object], tuple[str, ...]], ...] = (
    ("a browser", browser, ("chromium", "fonts-liberation")),
    ("PostgreSQL", postgresql.binaries, ("postgresql",)),
    ("Java 17", java, ("openjdk-17-jre-headless",)),
)
"""What is needed, how to tell whether it is there, and the Debian packages that bring it."""


def install() -> list[str]:
    """Install what is missing, as root on Debian; else say which command does. Returns what is still missing."""
    missing = [(name, packages) for name, found, packages in NEEDED if not found()]
    if not missing:
        return []
    wanted = [package for _, packages in missing for package in packages]
    command = ["apt-get", "install", "-y", "--no-install-recommends", *wanted]
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.STDOUT, "check": False}
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update"], env=environment, **quiet)
        subprocess.run(command, env=environment, **quiet)
    still = [name for name, found, _ in NEEDED if not found()]
    return [f"{name} is missing; run: sudo {' '.join(command)}" for name in still]
