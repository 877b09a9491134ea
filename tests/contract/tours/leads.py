"""Leads, the setting up and the help."""

from datetime import timedelta

from bot.chat import Message
from tests.contract.tours.tour import HOSTILE, LONG, Tour
from tests.support.stage import raw, token

GROUPS = ("leads", "setup", "help")


async def walk(tour: Tour) -> None:
    """Do everything that can be done with leads that have long, hostile and plain words."""
    stage = tour.stage
    await stage.take(
        raw(
            "1",
            LONG,
            "A company whose name does not end " * 5,
            locations=tuple(f"City {n}, Germany" for n in range(30)),
        ),
        raw("2", HOSTILE, HOSTILE, description=HOSTILE * 50),
        *(raw(str(n), f"Computer Vision Intern {chr(60 + n)}x", f"Co{n} Labs") for n in range(5, 25)),
    )
    for line in ("/leads today", "/leads follow vision", "/leads follows", "/leads sources", "/help", "/help leads"):
        await tour.command(line)
    page = await tour.command("/leads search")
    await tour.command("/leads show 1")
    await tour.command("/leads show 2")
    await tour.command("/leads report 3 dead")
    await tour.click("leads.show_again:3")
    await tour.click(token(page, "leads.page"))
    await tour.click(token(page, "leads.follow_query"))
    await tour.click("leads.unfollow:1")
    for name in ("open", "save", "applied", "not_for_me", "for_me_again", "share_in_thread"):
        await tour.click(f"leads.{name}:2")
    await tour.click("leads.complain:4/spam")
    await tour.click("help.group", picked="leads")
    await tour.submit(await tour.command("/setup"), place="news", zone="UTC")
    await stage.live(timedelta(hours=2))
    announced = stage.platform.said("news")[0]
    tour.said.append(("announcement", announced))
    await tour.click(token(announced, "leads.rest"))
    await _share(tour)


async def _share(tour: Tour) -> None:
    stage = tour.stage
    for number, decision in enumerate(("approve_share", "decline_share"), start=1):
        url = f"https://jobs.lever.co/x/11111111-2222-3333-4444-00000000000{number}"
        heard = await stage.app.router.message(stage.caller("bob"), Message("1", f"look {url}"))
        tour.said += [("pasted", reply) for reply in heard]
        await tour.click(token(heard[0], "leads.add"), "bob")
        card = await tour.command(f"/leads share {url}", "bob")
        form = await tour.click(token(card, "leads.edit_share"), "bob")
        await tour.submit(form, "bob", title="", company=HOSTILE)
        await tour.submit(form, "bob", title=HOSTILE, company="Acme", about=HOSTILE * 20)
        await stage.settle()
        tour.said += [("notice", reply) for reply in stage.platform.said("olga")]
        waiting = await tour.command("/leads shares")
        await tour.click(token(waiting, f"leads.{decision}"))
        await stage.settle()
    tour.said += [("notice", reply) for reply in stage.platform.said("bob")]
    tour.said.append(("home", await stage.app.home(stage.caller("olga"))))
