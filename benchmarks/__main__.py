"""`make bench`: the table of ratios against twin programs, and of rounds and boards, which have none.

`--quick` for a look; `--only 3,6` for some.

python -m benchmarks [--quick] [--only RATIOS] [--markdown docs/benchmarks.md]
"""

import argparse
import os
import platform
import subprocess
import sys
from pathlib import Path

from benchmarks import acks, dedupe, ingest, monday_prompt, rounds, rounds_killed, search, slash, steps_board, units
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


def peers(*, quick: bool) -> list[Row]:
    """Numbers without a twin: the board of a large community, and the Monday prompt of many."""
    communities = 100 if quick else monday_prompt.COMMUNITIES
    board = [
        Row(
            "10",
            f"/steps board on {kind}, seconds",
            "1,000 members, 100,000 rows",
            "–",
            took / 1000,
            "≤ 1",
            took <= 1000,
        )
        for kind, took in steps_board.run().items()
    ]
    prompts = [
        Row("10", f"Monday prompt on {kind}, seconds", f"{communities:,} communities", "–", took, "≤ 60", took <= 60)
        for kind, took in monday_prompt.run(communities).items()
    ]
    return [*board, *prompts]


PROGRAMS = {
    "1": (slash.commands,),
    "2": (slash.messages,),
    "3": (units.run,),
    "4": (slash.size,),
    "5": (acks.run,),
    "6": (ingest.run,),
    "7": (duplicates, search.run),
    "8": (slash.during_ingest, imports),
    "9": (rounds.run, rounds_killed.run),
    "10": (peers,),
}
HEAD = "| ratio | what | ours | twin | value | goal | |\n|---|---|---|---|---|---|---|"
PAGE = """# Benchmarks

Figures 1 to 8 are ratios of two programs that run in turns on the same machine: Rung, and a twin that does only what it
must (`benchmarks/`). Medians; absolute figures depend on the machine, ratios much less. 9 and 10 have no twin: seconds.

{table}

Measured with `{command}` on {cores} cores, Python {python}, {system} ({machine}).
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", default=",".join(PROGRAMS))
    parser.add_argument("--markdown", type=Path, help="also write the page here")
    chosen = parser.parse_args()
    lines = [HEAD]
    print(HEAD, flush=True)
    for number in chosen.only.split(","):
        for program in PROGRAMS[number]:
            for row in program(quick=chosen.quick):
                lines.append(row.markdown())
                print(lines[-1], flush=True)
    if chosen.markdown:
        chosen.markdown.write_text(page(lines), encoding="utf-8")


def page(lines: list[str]) -> str:
    """Return the page docs/benchmarks.md: the table, the machine without its name, the command."""
    return PAGE.format(
        table="\n".join(lines),
        command=" ".join(["python -m benchmarks", *sys.argv[1:]]),
        cores=os.cpu_count(),
        python=platform.python_version(),
        system=platform.system(),
        machine=platform.machine(),
    )


if __name__ == "__main__":
    main()
