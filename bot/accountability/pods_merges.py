"""When two members turn out to be one person: they are matched as one, and met nobody twice, nor themselves."""

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.accountability.pods_models import Pod, PodMember, PodStay, PodWish
from bot.accountability.pods_questions import met_key
from bot.steps.ledger import retract
from bot.steps.models import Evidence


def merge_pods(connection: Connection, keep: int, gone: int) -> None:
    """Let who stays decide how they are matched, with both lines for others; in a pod of both only one of them is."""
    wishes = sa.select(PodWish.member_id, PodWish.note).where(PodWish.member_id.in_((keep, gone)))
    notes = {row.member_id: row.note for row in connection.execute(wishes)}
    if len(notes) > 1:
        both = " / ".join(dict.fromkeys(note for note in (notes[keep], notes[gone]) if note))
        connection.execute(sa.delete(PodWish).where(PodWish.member_id == gone))
        connection.execute(sa.update(PodWish).where(PodWish.member_id == keep).values(note=both))
    stays = sa.select(PodStay.id).where(PodStay.member_id == keep, PodStay.until.is_(None))
    if connection.execute(stays).first() is not None:
        theirs = sa.delete(PodStay).where(PodStay.member_id == gone, PodStay.until.is_(None))
        connection.execute(theirs)
    mine = sa.select(PodMember.pod_id).where(PodMember.member_id == keep)
    shared = sa.select(PodMember.pod_id).where(PodMember.member_id == gone, PodMember.pod_id.in_(mine))
    for pod in connection.execute(shared).scalars().all():
        connection.execute(sa.delete(PodMember).where(PodMember.pod_id == pod, PodMember.member_id == gone))
        _leave_one(connection, pod, keep, gone)


def _leave_one(connection: Connection, pod: int, keep: int, gone: int) -> None:
    """Take back that the second of two met, and that the first did where there was nobody else to meet."""
    doubled = [gone]
    rest = sa.select(sa.func.count()).select_from(PodMember).where(PodMember.pod_id == pod)
    if connection.execute(rest).scalar_one() == 1:
        connection.execute(sa.update(Pod).where(Pod.id == pod).values(ask_at=None))
        doubled.append(keep)
    for member in doubled:
        # By the key's beginning: an account that was merged before is named in it.
        theirs = Evidence.member_id == member, Evidence.key.like(met_key(pod, "%"))
        for row in connection.execute(sa.select(Evidence.id, Evidence.at).where(*theirs)).all():
            retract(connection, member, row.id, row.at, "two accounts of one person")
