"""The pipeline: applications by hand and from leads, moves, notes, reminders, figures, files."""

from datetime import timedelta

from tests.contract.tours.tour import HOSTILE, LONG, Tour
from tests.support.stage import raw, token

GROUPS = ("tracker",)


async def walk(tour: Tour) -> None:
    """Fill a pipeline with long, hostile and plain words, move everything, and take it along."""
    stage = tour.stage
    await tour.command("/tracker board", "ada")
    await tour.command("/tracker stats", "ada")
    await stage.take(raw("1", LONG, "A company whose name does not end " * 5), raw("2", HOSTILE, HOSTILE))
    for lead in (1, 2):
        await tour.click(f"leads.save:{lead}", "ada")
    form = await tour.command("/tracker add", "ada")
    await tour.submit(form, "ada", company=HOSTILE, role=LONG[:200], stage="interview")
    await tour.submit(form, "ada", company=HOSTILE, role=LONG[:200], stage="interview")
    await tour.submit(
        form, "ada", company="Acme", role=HOSTILE, link="https://jobs.example.org/acme/1", deadline="Friday"
    )
    await tour.submit(form, "ada", company="Acme", role="Intern", link="no link", deadline=HOSTILE[:60])
    await tour.command(f"/tracker add link:{'https://x.example/' + 'y' * 900}", "ada")
    await tour.click("tracker.write", "ada")
    for line in ("board", "board saved", "board stage:rejected page:9"):
        await tour.command(f"/tracker {line}", "ada")
    await tour.click("tracker.page:all/2", "ada")
    await tour.click("tracker.column", "ada", picked="interview")
    await tour.click("tracker.column", "ada", picked="nothing")
    await _one(tour)
    await _files(tour)
    for days in (3, 4, 7):
        stage.engine.now += timedelta(days=days)
        await stage.live(timedelta(hours=2))
    tour.said += [("message to ada", reply) for reply in stage.platform.said("ada")]
    await tour.command("/tracker board", "ada")


async def _one(tour: Tour) -> None:
    """Do everything with one application."""
    for line in ("move Intern to:applied", "move 1 to:applied", "move 1 to:accepted", 'move nobody to:"no answer"'):
        await tour.command(f"/tracker {line}", "ada")
    await tour.command("/tracker undo 1", "ada")
    await tour.command(f'/tracker note 1 words:"{HOSTILE}"', "ada")
    form = await tour.click("tracker.write_note:1", "ada")
    await tour.submit(form, "ada", words=f"{HOSTILE}\n{LONG}")
    for when in ("in 5 days", "yesterday", HOSTILE[:60]):
        await tour.command(f'/tracker remind 1 when:"{when}"', "ada")
    form = await tour.click("tracker.ask_when:1", "ada")
    await tour.submit(form, "ada", when="tomorrow at 9:30")
    await tour.click("tracker.open:1", "ada")
    await tour.click("tracker.open:999", "ada")
    await tour.click("tracker.drop_reminders:1", "ada")
    await tour.click("tracker.drop_reminders:1", "ada")
    await tour.click("tracker.ask_move:1", "ada")
    moved = await tour.click("tracker.move_to:1", "ada", picked="applied")
    await tour.click(token(moved, "tracker.undo_move"), "ada")
    await tour.click(token(moved, "tracker.undo_move"), "ada")
    await tour.click("tracker.move_to:1/nowhere", "ada")
    await tour.click("tracker.move_to:1/applied", "ada")
    await tour.command("/tracker settings", "ada")
    await tour.click("tracker.tell:follow_ups/no", "ada")
    await tour.click("tracker.tell:follow_ups/yes", "ada")
    await tour.click("leads.open:1", "ada")


async def _files(tour: Tour) -> None:
    await tour.command("/tracker stats", "ada")
    await tour.command("/tracker export", "ada")
    form = await tour.command("/tracker import", "ada")
    await tour.submit(
        form, "ada", table=f"company,role,stage\n{HOSTILE},{HOSTILE},{HOSTILE}\nAcme,,\nGlobex,{LONG[:190]},offer"
    )
    await tour.submit(form, "ada", table="company,role\n,")
    await tour.submit(form, "ada", table="company,role")
    await tour.click("tracker.paste", "ada")
