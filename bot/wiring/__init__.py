"""The rooms, each wired in a file of its own; `bot.app` puts them together with what all share."""

from bot.wiring import accountability, applications, interviews, me, pods, steps

ROOMS = (steps.wire, applications.wire, accountability.wire, pods.wire, me.wire, interviews.wire)
