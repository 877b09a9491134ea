"""The bank of questions: browsed, suggested, decided on, reported, exported and imported."""

from bot.chat import Reply
from tests.contract.tours.tour import HOSTILE, LONG, Tour
from tests.support.questions import POINTS, YAML
from tests.support.stage import token


async def walk(tour: Tour) -> None:
    """Do everything with the bank, with plain, long and hostile words."""
    await tour.submit(await tour.command("/interview setup"), place="leads", zone="Europe/Berlin")
    await _browse(tour)
    await _suggest(tour)
    await _report(tour)
    await _carry(tour)
    await tour.stage.settle()
    for place in sorted({to.place for to in tour.stage.platform.messages}):
        tour.said += [(f"message to {place}", reply) for reply in tour.stage.platform.said(place)]


async def _browse(tour: Tour) -> None:
    await tour.command("/interview bank", "ada")
    await tour.command("/interview bank topic:nonsense", "ada")
    await tour.command("/interview bank topic:vision level:3 kind:tell", "ada")
    shown = await tour.command("/interview bank topic:software", "ada")
    await tour.click(token(shown, "interview.bank_page"), "ada")
    for page in ("software/2/explain/9", "/0/any/3", "none/1/any/1"):
        await tour.click(f"interview.bank_page:{page}", "ada")
    for question in ("so-docker-layers", "no-such-question"):
        await tour.click("interview.see", "ada", question)
        await tour.click(f"interview.good_answer:{question}", "ada")


async def _suggest(tour: Tour) -> None:
    await tour.command("/interview suggest topic:nothing", "ada")
    long = "\n".join(f"2: {LONG[:200]} {n} | {LONG[:250]} {n}; {HOSTILE}" for n in range(6))
    for question, points in (
        ("Why does tea grow bitter?", POINTS),
        (HOSTILE, long),
        (HOSTILE, "| no point"),
        (LONG, "1"),
    ):
        form = await tour.command("/interview suggest topic:software level:2", "ada")
        await tour.submit(
            form,
            "ada",
            question=question,
            answer=LONG * 3,
            points=points,
            mistakes=HOSTILE,
            follow_ups=f"- {LONG[:290]}",
        )
    await tour.click("interview.desk")
    for number in (1, 2, 99):
        await tour.click(f"interview.check:{number}")
    await tour.click("interview.approve:1")
    await tour.click("interview.turn_down:2")
    await tour.click("interview.approve:1", "ada")
    await tour.command("/interview bank")
    form = await tour.command("/interview suggest topic:vision level:1 kind:tell")
    await tour.submit(form, question=HOSTILE, answer=HOSTILE, points=POINTS, mistakes=HOSTILE, follow_ups=HOSTILE)


async def _report(tour: Tour) -> None:
    for who, question in (("ada", "so-docker-layers"), ("bob", ""), ("olga", "so-bisect"), ("ada", "nothing")):
        form = await tour.command(f"/interview report {question}", who)
        await tour.submit(form, who, question=question or "so-flaky", reason=HOSTILE)
    form = await tour.click("interview.report_form:so-git-undo", "ada")
    await tour.submit(form, "ada", reason=LONG[:600])
    desk = await tour.click("interview.desk")
    assert isinstance(desk, Reply)
    for number in (1, 99):
        await tour.click(f"interview.read:{number}")
        await tour.click(f"interview.uphold:{number}")
    await tour.click("interview.dismiss:2")
    await tour.click("interview.see", "ada", "so-docker-layers")
    await tour.click("interview.read:1")
    await tour.click("interview.desk")
    await tour.click("interview.dismiss:1")


async def _carry(tour: Tour) -> None:
    for text in (YAML, "questions: [", HOSTILE, YAML.replace("weight: 3", "weight: 9")):
        await tour.submit(await tour.command("/interview import"), yaml=text)
    await tour.submit(await tour.command("/interview import"), yaml=YAML[:200], more=YAML[200:], rest=LONG * 6)
    await tour.command("/interview export")
