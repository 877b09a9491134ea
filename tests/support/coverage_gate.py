"""The gates of coverage: branches of the whole at 90 %, no file under 75 %; prints what falls short.

python -m tests.support.coverage_gate .coverage.json
"""

import json
import sys
from pathlib import Path

WHOLE = 90.0
FILE = 75.0


def shortfalls(report: dict[str, dict[str, dict[str, dict[str, float]]]], totals: dict[str, float]) -> list[str]:
    """Return a line for each gate that is missed."""
    covered, branches = totals["covered_branches"], totals["num_branches"]
    whole = 100.0 * covered / branches if branches else 100.0
    lines = [f"branches of the whole: {whole:.1f} % < {WHOLE} %"] if whole < WHOLE else []
    for name, file in sorted(report["files"].items()):
        percent = file["summary"]["percent_covered"]
        if percent < FILE:
            lines.append(f"{name}: {percent:.1f} % < {FILE} %")
    return lines


def main() -> None:
    report = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    lines = shortfalls(report, report["totals"])
    totals = report["totals"]
    branches = 100.0 * totals["covered_branches"] / max(1, totals["num_branches"])
    print(f"coverage: {totals['percent_covered']:.1f} % of all, {branches:.1f} % of branches")
    for line in lines:
        print(line)
    sys.exit(bool(lines))


if __name__ == "__main__":
    main()
