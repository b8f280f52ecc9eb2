"""Known vulnerabilities of the pinned packages: `python tools/audit.py requirements-dev.lock`.

pip-audit asks the package index for what is known of each version. Where the index does not tell (a mirror without that
service, no network), pip-audit says that nothing was found; this says that nothing was asked. Exit status: 1 where a
vulnerability is known, 2 where pip-audit is missing, else 0, so that a service that is down does not stop other work.
"""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from typing import NamedTuple


class Account(NamedTuple):
    """What became of each package."""

    audited: int
    vulnerable: list[str]  # a line each
    left_out: list[str]  # names


def account(answer: str) -> Account:
    """From the JSON of pip-audit; all empty where that is none."""
    try:
        packages = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        packages = []
    audited = [package for package in packages if "skip_reason" not in package]
    vulnerable = [
        f"{package['name']} {package['version']}: {known['id']}, mended in {', '.join(known['fix_versions']) or 'none'}"
        for package in audited
        for known in package["vulns"]
    ]
    return Account(len(audited), vulnerable, [package["name"] for package in packages if "skip_reason" in package])


def verdict(found: Account, said: str) -> tuple[str, int]:
    """The message for a person, and the exit status; `said` are pip-audit's own words."""
    lines = [f"{found.audited} packages audited, {len(found.vulnerable)} known vulnerabilities", *found.vulnerable]
    if found.left_out:
        lines.append(f"!! NOT AUDITED, the service knows nothing of them: {', '.join(found.left_out)}")
    if not found.audited:
        lines += [
            *said.strip().splitlines()[-1:],
            "!! NOTHING WAS AUDITED: run this where the vulnerability service answers",
        ]
    return "\n".join(lines), 1 if found.vulnerable else 0


def main() -> int:
    """Audits the lock files named on the command line."""
    if find_spec("pip_audit") is None:
        print("pip-audit is missing: pip install --require-hashes -r requirements-dev.lock")
        return 2
    files = [word for name in sys.argv[1:] for word in ("-r", name)]
    call = [sys.executable, "-m", "pip_audit", *files, "--disable-pip", "-f", "json", "--progress-spinner", "off"]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    message, status = verdict(account(done.stdout), done.stderr)
    print(message)
    return status


if __name__ == "__main__":
    sys.exit(main())
