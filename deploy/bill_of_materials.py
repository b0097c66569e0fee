"""The bill of materials: what a deployment runs on, with versions and licences, in CycloneDX 1.5.

Made from the lock file (by `uv export`), from what the packages say of their licences, and from what is vendored. The
same lock gives the same bytes, so that a test can hold the committed file against it. The hash of each file that may be
installed stands in uv.lock.
"""
# ruff: noqa: INP001

import hashlib
import importlib.metadata
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
BILL = Path(__file__).with_name("sbom.cdx.json")
VENDORED = ROOT / "src" / "obc" / "web" / "static" / "vendor"
ELSEWHERE = {"colorama": "BSD-3-Clause"}
"""Licences of what is installed on other systems only."""
CLASSIFIED = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Zope Public License": "ZPL-2.1",
}


def licence_of(name: str) -> str:
    """What a package says of its licence, as an expression or in the words of its classifiers."""
    if name in ELSEWHERE:
        return ELSEWHERE[name]
    said = importlib.metadata.metadata(name)
    if said.get("License-Expression"):
        return str(said["License-Expression"])
    classified = [one.rpartition(" :: ")[2] for one in said.get_all("Classifier") or () if one.startswith("License")]
    return " AND ".join(sorted({CLASSIFIED.get(one, one) for one in classified})) or str(said.get("License", ""))


def vendored() -> list[dict[str, Any]]:
    """What lies in the repository itself: each folder is `name-version`, its hash that of its files in order."""
    found = []
    for folder in sorted(one for one in VENDORED.iterdir() if one.is_dir()):
        name, _, version = folder.name.rpartition("-")
        hashed = hashlib.sha256()
        for path in sorted(one for one in folder.rglob("*") if one.is_file()):
            hashed.update(f"{path.relative_to(folder).as_posix()}\0".encode() + path.read_bytes())
        found.append(
            {
                "type": "library",
                "bom-ref": f"{name}@{version}",
                "name": name,
                "version": version,
                "purl": f"pkg:npm/{name}@{version}",
                "hashes": [{"alg": "SHA-256", "content": hashed.hexdigest()}],
                "licenses": [{"license": {"name": "MIT"}}],
            }
        )
    return found


def bill(exported: dict[str, Any]) -> bytes:
    """The bill from what `uv export` wrote: without its date and number, with licences and what is vendored."""
    refs = {one["bom-ref"]: f"{one['name']}@{one['version']}" for one in exported["components"]}
    own = exported["metadata"]["component"]
    refs[own["bom-ref"]] = f"{own['name']}@{own['version']}"
    parts = [
        {
            "type": "library",
            "bom-ref": refs[one["bom-ref"]],
            "name": one["name"],
            "version": one["version"],
            "purl": one["purl"],
            "licenses": [{"license": {"name": licence_of(one["name"])}}],
        }
        for one in exported["components"]
    ]
    links = [
        {"ref": refs[one["ref"]], "dependsOn": sorted(refs[to] for to in one.get("dependsOn", ()))}
        for one in exported["dependencies"]
    ]
    made = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": refs[own["bom-ref"]],
                "name": own["name"],
                "version": own["version"],
                "licenses": [{"license": {"name": "MIT"}}],
            }
        },
        "components": sorted([*parts, *vendored()], key=lambda one: one["bom-ref"]),
        "dependencies": sorted(links, key=lambda one: one["ref"]),
    }
    return (json.dumps(made, indent=1, ensure_ascii=False) + "\n").encode()


def main() -> int:
    """Write the bill."""
    uv = ROOT / ".uv" / "bin" / "uv"
    wanted = ["export", "--format", "cyclonedx1.5", "--no-dev", "--frozen", "--quiet"]
    done = subprocess.run([uv if uv.exists() else "uv", *wanted], cwd=ROOT, capture_output=True, check=True)
    BILL.write_bytes(bill(json.loads(done.stdout)))
    print(f"Wrote {BILL.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
