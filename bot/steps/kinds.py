"""The steps, and the kinds of evidence. What is written down once in the ledger keeps its words for ever."""

from enum import IntEnum, StrEnum


class Step(IntEnum):
    """A step of the climb; NONE is for what belongs to no step (check-ins, meetings of a pod)."""

    NONE = 0
    PROJECTS = 1
    STARTUPS = 2
    SKILLS = 3
    TOPIC = 4
    COMPANY = 5
    PART_TIME = 6


TITLES = {
    Step.PROJECTS: "Build ML side projects",
    Step.STARTUPS: "Target start-ups with an ML research team",
    Step.SKILLS: "Strengthen software-engineering skills",
    Step.TOPIC: "Find an ML topic and read around it",
    Step.COMPANY: "Research the company of interest",
    Step.PART_TIME: "Offer to work part-time",
}


class Kind(StrEnum):
    """What a row of the ledger is evidence of."""

    PROJECT = "project"
    SHOWCASE = "showcase"
    TARGET = "target"
    QUIZ = "quiz"
    TOOL = "tool"
    PAPER = "paper"
    POST = "post"
    DOSSIER = "dossier"
    QUESTIONS = "questions"
    OUTREACH = "outreach"
    FOLLOW_UP = "follow_up"
    ANSWER = "answer"
    TASK = "task"
    """A task of the playbook that has no kind of its own; `subject` is its id."""
    APPLIED = "applied"
    INTERVIEW = "interview"
    OFFER = "offer"
    CHECK_IN = "check_in"
    MET = "met"
    """A pair or a pod met."""
    ROUND = "round"
    """A mock interview taken part in."""
    GRADED = "graded"
    """Peers' answers graded with care."""
    PRACTICE = "practice"
