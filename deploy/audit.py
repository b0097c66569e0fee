"""The audit: is anything known against what a deployment runs on?

Asks the vulnerability service about every locked package, by pip-audit. Exits 0 where nothing is known, 1 where
something is, and 3 where the service could not be asked: then nothing was found out, and nothing is said to be clean.
"""
# ruff: noqa: INP001

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
CLEAN, KNOWN, NOT_ASKED = 0, 1, 3


def verdict(said: str, complained: str) -> tuple[int, str]:
    """The exit status and the words for what pip-audit wrote and what it complained of."""
    try:
        looked_at = json.loads(said)["dependencies"]
    except (ValueError, KeyError, TypeError):
        reason = complained.strip().splitlines()[-1][:300] if complained.strip() else "it said nothing"
        return NOT_ASKED, f"NOT AUDITED: the vulnerability service could not be asked ({reason}).\nNothing is known."
    skipped = [one["name"] for one in looked_at if "skip_reason" in one]
    holes = [(one["name"], one["version"], hole) for one in looked_at for hole in one.get("vulns", ())]
    lines = [
        f"{name} {version}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or 'no version yet'}"
        for name, version, hole in holes
    ]
    if holes:
        return KNOWN, "\n".join([*lines, f"{len(holes)} known holes in {len(looked_at)} packages"])
    if skipped or not looked_at:
        some = f"{', '.join(skipped[:3])} and others" if len(skipped) > 3 else ", ".join(skipped)
        found = f"{len(skipped)} of {len(looked_at)} packages could not be asked about ({some})"
        return NOT_ASKED, f"NOT AUDITED: {found if looked_at else 'no package was looked at'}.\nNothing is known."
    return CLEAN, f"Nothing is known against {len(looked_at)} packages."


def main() -> int:
    """Audit what is locked."""
    uv = ROOT / ".uv" / "bin" / "uv"
    wanted = ["export", "--format", "requirements-txt", "--no-dev", "--no-emit-project", "--frozen", "--quiet"]
    locked = subprocess.run([uv if uv.exists() else "uv", *wanted], cwd=ROOT, capture_output=True, check=True)
    with tempfile.TemporaryDirectory(prefix="obc-audit-") as place:
        listed = Path(place) / "requirements.txt"
        listed.write_bytes(locked.stdout)
        asked = [sys.executable, "-m", "pip_audit", "--requirement", listed, "--disable-pip", "--require-hashes"]
        more = ["--format", "json", "--progress-spinner", "off", "--timeout", "20"]
        done = subprocess.run([*map(str, asked), *more], capture_output=True, text=True, check=False)
    status, words = verdict(done.stdout, done.stderr)
    print(words)
    return status


if __name__ == "__main__":
    sys.exit(main())
