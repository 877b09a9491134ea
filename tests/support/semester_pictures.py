"""The pictures of docs/tracker.md and docs/organisers.md, as simulated Discord shows them: a pipeline's flow, a recap.

python -m tests.support.semester_pictures docs/pictures
"""

import asyncio
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from bot.accountability.check_ins import record
from bot.accountability.weeks import Week
from bot.chat import Reply
from bot.migrate import upgrade
from bot.steps.kinds import Kind, Step
from bot.steps.ledger import Entry, write
from tests.support.discord_screenshot import screenshot
from tests.support.goals import number, set_up, show_name
from tests.support.stage import Stage

FIRST = Week.parse("2026-W41")
CAME = (5, 8, 7, 11, 9, 12, 14, 16)
"""Members who checked in, by week."""
NAMES = (
    "ada",
    "bo",
    "cleo",
    "dan",
    "eve",
    "finn",
    "gus",
    "hana",
    "ines",
    "jo",
    "kim",
    "lou",
    "mei",
    "nils",
    "ona",
    "pat",
)
STAGES = (("saved", 3), ("applied", 4), ("rejected", 3), ("no answer", 3), ("assessment", 2), ("interview", 5))


async def pipeline(stage: Stage) -> Reply:
    """Somebody's pipeline in the middle of a term."""
    rows = [
        f"{state.title()} Labs {n},ML Intern,,{state},{f'2026-11-0{n + 1}' * (state != 'saved')},2026-11-{n + 10}"
        for state, count in STAGES
        for n in range(count)
    ]
    table = "\n".join(["company,role,link,stage,applied,moved", *rows])
    await stage.submit(await stage.say("/tracker import"), table=table)
    for at, ends in enumerate((("offer", "accepted"), ("offer",), ("rejected",))):
        for state in ends:
            await stage.say(f'/tracker move "interview labs {at}" {state}')
    shown = await stage.say("/tracker stats")
    assert isinstance(shown, Reply)
    return shown


async def recap(stage: Stage) -> Reply:
    """A community's week, with an offer in it."""
    await set_up(stage)
    for who in NAMES:
        await stage.say("/help", who)
    for who in NAMES[:5]:
        await show_name(stage, who)
    members = [await number(stage, who) for who in NAMES]

    def work(connection: Connection) -> None:
        for week, came in enumerate(CAME):
            for each, member in enumerate(members[:came]):
                at = datetime(2026, 10, 9, 12, tzinfo=UTC) + timedelta(weeks=week)
                record(connection, member, FIRST.shifted(week), (1 + each % 2, 2), "", at)
        for each, member in enumerate(members):
            step, kind = ((Step.SKILLS, Kind.QUIZ), (Step.TOPIC, Kind.PAPER), (Step.PROJECTS, Kind.PROJECT))[each % 3]
            write(connection, member, Entry(step, kind, f"{kind} {each}"), at)
        write(connection, members[2], Entry(Step.PART_TIME, Kind.OFFER, "Acme"), at)

    await stage.app.database.run(work)
    await stage.leap(datetime(2026, 11, 30, 8, 1, tzinfo=UTC) - stage.engine.now)
    return next(said for said in stage.platform.said("peers") if said.files)


async def draw(folder: Path) -> None:
    for name, made, typed in (("tracker-flow", pipeline, "tracker stats"), ("goals-recap", recap, "goals recap")):
        with tempfile.TemporaryDirectory() as home:
            url = f"sqlite:///{home}/rung.sqlite"
            await asyncio.to_thread(upgrade, url)
            stage = Stage(url)
            reply = await made(stage)
            await stage.engine.stop()
            await stage.app.close()
        await screenshot(reply, folder / f"discord-{name}.png", typed=f"/{typed}")


if __name__ == "__main__":
    asyncio.run(draw(Path(sys.argv[1])))
