"""A round of a community that lives on two platforms: a thread on each, and one seat for a linked member."""

import sqlalchemy as sa

from bot.chat import Form
from bot.interviews.rounds_models import RoundAnswer, RoundSeat
from tests.support.accounts import LOCAL, SLACK, Accounts, code_in, token_in
from tests.support.rounds import go, row
from tests.support.stage import Stage, token, words

BOB, CLEO = ("slack", "T1", "U2BOB"), ("web", "local", "cleo")


async def linked(stage: Stage) -> Accounts:
    """Ada has an account on both platforms and linked them; both have a place for interviews."""
    people = Accounts(stage)
    await people.unite()
    code = code_in(await people.say(LOCAL, "/me link"))
    await people.click(SLACK, token_in(await people.say(SLACK, f"/me link code:{code}")))
    for account, place in ((LOCAL, "leads"), (SLACK, "C1")):
        form = await people.say(account, "/interview setup")
        assert isinstance(form, Form)
        await stage.app.router.submit(people.caller(account), form.submit, {"place": place, "zone": "UTC"})
    return people


async def answer(people: Accounts, account: tuple[str, str, str], number: int, position: int, text: str) -> str:
    router = people.stage.app.router
    form = await router.action(people.caller(account), f"interview.answer:{number}/{position}")
    if not isinstance(form, Form):
        return words(form)
    return words(await router.submit(people.caller(account), form.submit, {"text": text}))


async def test_a_round_is_held_on_both_platforms(stage: Stage) -> None:
    people = await linked(stage)
    begin = token(await people.say(LOCAL, "/interview start questions:1"), "interview.begin")
    number = int(begin.partition(":")[2])
    for account in (SLACK, BOB, CLEO):
        assert "You take part" in await people.click(account, f"interview.enter:{number}")
    seats = sa.select(sa.func.count()).select_from(RoundSeat)
    assert await stage.app.database.read(lambda c: c.execute(seats).scalar_one()) == 3, "Ada has one seat"
    await people.click(LOCAL, begin)
    await go(stage)
    await go(stage, 7)
    [here] = [said for to, said in stage.platform.messages.items() if to.place.startswith("leads/")]
    [there] = [said for to, said in people.slack.messages.items() if to.place.startswith("C1/")]
    for said in (here, there):
        assert sum("Question 1 of 1" in words(reply) for _, reply in said) == 1
    calls = {
        name: next(r.text for _, r in said if "We begin" in r.text) for name, said in (("web", here), ("slack", there))
    }
    assert "<@ada|" in calls["web"]
    assert "<@cleo|" in calls["web"]
    assert "U2BOB" not in calls["web"], "each platform calls its own people"
    assert "<@U1ADA|" in calls["slack"]
    assert "<@U2BOB|" in calls["slack"]
    assert "Your answer is in" in await answer(people, LOCAL, number, 1, "from the web")
    assert "Your answer is in" in await answer(people, SLACK, number, 1, "changed in Slack")
    for account in (BOB, CLEO):
        await answer(people, account, number, 1, "mine")
    await go(stage)
    await go(stage)
    assert (await row(stage, number)).phase == "over"
    texts = await stage.app.database.read(lambda c: sorted(c.execute(sa.select(RoundAnswer.text)).scalars()))
    assert texts == ["changed in Slack", "mine", "mine"]
    for said in (here, there):
        assert "How the round went" in words(said[-1][1])
    private = [*stage.said("ada"), *[words(reply) for reply in people.slack.said("U1ADA")]]
    assert sum("Your answer to question 1" in text for text in private) == 1, "told once, where she was seen last"
