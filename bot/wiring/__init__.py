"""The rooms, each wired in a file of its own; `bot.app` puts them together with what all share."""

from bot.wiring import accountability, applications, interview_bank, me, pods, practice, rounds, steps

ROOMS = (
    accountability.wire,
    applications.wire,
    interview_bank.wire,
    me.wire,
    pods.wire,
    practice.wire,
    rounds.wire,
    steps.wire,
)
