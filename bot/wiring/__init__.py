"""The rooms, each wired in a file of its own; `bot.app` puts them together with what all share."""

from bot.wiring import accountability, me, pods, rounds

ROOMS = (accountability.wire, me.wire, pods.wire, rounds.wire)
