"""`make bench`: the table of ratios against twin programs. `--quick` for a look; `--only 3,6` for some.

python -m benchmarks [--quick] [--only RATIOS]
"""

import argparse
import subprocess
import sys

from benchmarks import dedupe, ingest, units
from benchmarks.rows import Row

HEAVY = ("openai", "dbos", "discord", "slack_bolt", "numpy", "pandas", "matplotlib", "PIL")
"""What a command in the terminal must not load."""


def imports(*, quick: bool) -> list[Row]:
    """Ratio 8, its second half: nothing heavy is imported at the start."""
    del quick
    code = f"import sys, bot.cli, bot.app; print(*[m for m in {HEAVY!r} if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    return [Row("8", "heavy modules at the start", ", ".join(found) or "none", "–", float(len(found)), "0", not found)]


def duplicates(*, quick: bool) -> list[Row]:
    """Ratio 7: the cost of finding duplicates grows with the rows, and finds what was planted."""
    small, large = (dedupe.run(n) for n in ((4_000, 20_000) if quick else (20_000, 100_000)))
    growth = large["seconds"] / small["seconds"]
    names = f"{small['rows']:,} → {large['rows']:,} rows"
    found, right = large["recall"], large["precision"]
    return [
        Row(
            "7", f"dedupe {names}", f"{large['seconds']:.2f} s", f"{small['seconds']:.2f} s", growth, "≤ 8", growth <= 8
        ),
        Row("7", "recall on planted duplicates", "", "", found, "≥ 0.98", found >= 0.98),
        Row("7", "precision on planted duplicates", "", "", right, "≥ 0.99", right >= 0.99),
    ]


PROGRAMS = {"3": units.run, "6": ingest.run, "7": duplicates, "8": imports}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", default=",".join(PROGRAMS))
    chosen = parser.parse_args()
    print("| ratio | what | ours | twin | value | goal | |\n|---|---|---|---|---|---|---|")
    for number in chosen.only.split(","):
        for row in PROGRAMS[number](quick=chosen.quick):
            print(row.markdown(), flush=True)


if __name__ == "__main__":
    main()
