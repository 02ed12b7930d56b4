"""Hold the summary of `zhibao demo --no-serve --json` against what the sample province must contain.

Reads the file named on the command line; exits 1 and says what is missing.
"""

import json
import sys
from pathlib import Path

AT_LEAST = {
    "organs": 60,
    "rights": 2000,
    "listings": 20_000,
    "leads": 100,
    "matters": 400,
    "events": 3500,
    "findings": 50,
}
FOUND_SHARE = {"planted_series": 0.95, "planted_findings": 0.95}


def faults(summary: dict[str, object]) -> list[str]:
    """Return what the summary lacks, a line each."""
    found = [
        f"{key}: {summary.get(key)} is fewer than {least}"
        for key, least in AT_LEAST.items()
        if int(str(summary.get(key, 0))) < least
    ]
    for key, least in FOUND_SHARE.items():
        answer = summary.get(key)
        if not isinstance(answer, dict) or answer["found"] < least * answer["planted"]:
            found.append(f"{key}: {answer} found less than {least:.0%} of what was planted")
    return found


if __name__ == "__main__":
    problems = faults(json.loads(Path(sys.argv[1]).read_text()))
    print("\n".join(problems) or "The demo found what it should.")
    sys.exit(1 if problems else 0)
