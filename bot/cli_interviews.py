"""`rung interviews`: grading by hand, and for programs."""

from pathlib import Path
from typing import Annotated

import typer

from bot.workshop import AsJson, through

interviews = typer.Typer(help="Mock interviews: questions and grades.", no_args_is_help=True)


@interviews.command("lint")
def interviews_lint(
    folder: Annotated[Path | None, typer.Argument(help="A folder of YAML files; our own bank without it.")] = None,
) -> None:
    """Check the question bank: gaps, duplicates, spelling, what can't be answered; print counts by topic and level."""
    from bot.interviews.bank_lint import main

    raise typer.Exit(main(folder))


@interviews.command("grade")
def interviews_grade(
    path: Annotated[Path | None, typer.Argument(help="JSON lines; standard input without it.")] = None,
    *,
    words_only: Annotated[
        bool, typer.Option("--words-only", help="Don't compare by meaning, though the extra minilm is installed.")
    ] = False,
    as_json: AsJson = True,
) -> None:
    """Grade each {question, reference, answer} line by the rubric; code 1 when a line could not be read."""
    from bot.interviews.grading import vectors
    from bot.interviews.grading.lines import LineGrader
    from bot.interviews.grading.rubric import RubricGrader

    del as_json  # JSON lines are the only form; the option is there because other commands have it
    grader = LineGrader(RubricGrader((lambda: None) if words_only else vectors.load))
    through(path, grader.lines)
    if grader.bad:
        raise typer.Exit(1)
