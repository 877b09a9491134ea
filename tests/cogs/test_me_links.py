"""/me link and /community: two accounts become one member, and nobody else's."""

from datetime import timedelta

import sqlalchemy as sa

from bot.community.models import Community, Identity, Member
from bot.me.models import LinkCode
from bot.work.models import Schedule
from tests.support.accounts import LOCAL, SLACK, Accounts, code_in, token_in
from tests.support.goals import goals
from tests.support.stage import Stage, words

MINUTE = timedelta(minutes=1)
MALLORY = ("slack", "T1", "U2MALLORY")


async def linked(stage: Stage) -> Accounts:
    """Two accounts in one community, a code of the first entered at the second and confirmed."""
    people = Accounts(stage)
    await people.unite()
    code = code_in(await people.say(LOCAL, "/me link"))
    card = await people.say(SLACK, f"/me link code:{code}")
    assert "Are both of these you?" in words(card)
    assert "Your accounts are linked" in await people.click(SLACK, token_in(card))
    return people


async def test_two_accounts_become_one_member(stage: Stage) -> None:
    people = Accounts(stage)
    await people.unite()
    await goals(stage)
    await people.say(SLACK, "/goals add goal:Write")
    first = await people.member(LOCAL)
    code = code_in(await people.say(LOCAL, "/me link"))
    card = await people.say(SLACK, f"/me link code:{code.lower().replace('-', '')}")
    assert "1 goal." in words(card)
    said = await people.click(SLACK, token_in(card))
    assert "2 goals" in said
    assert await people.member(SLACK) == await people.member(LOCAL) == first
    shown = words(await people.say(SLACK, "/goals show"))
    assert "Write" in shown
    assert "Read a paper" in shown
    await stage.settle()
    assert "linked to yours" in stage.said("ada")[-1], "the first account is told, where it was seen last"
    assert people.slack.said("U1ADA") == []
    assert "run out or was used" in await people.click(SLACK, token_in(card))
    schedules = await stage.app.database.read(lambda c: set(c.execute(sa.select(Schedule.key)).scalars()))
    assert schedules == {f"goals.nudge:{first}", f"goals.reminder:{first}"}


async def test_every_process_knows_at_once(stage: Stage) -> None:
    other = Stage(stage.app.settings.database_url)
    there = Accounts(other)
    people = Accounts(stage)
    await people.unite()
    assert await there.member(SLACK) != await there.member(LOCAL)
    code = code_in(await people.say(LOCAL, "/me link"))
    card = await people.say(SLACK, f"/me link code:{code}")
    gone = await there.member(SLACK)
    await people.click(SLACK, token_in(card))
    assert await there.member(SLACK) == await there.member(LOCAL) != gone
    await people.say(LOCAL, "/me zone Tokyo")
    assert (await other.app.directory.standing(there.caller(SLACK))).zone == "Asia/Tokyo"
    await other.app.close()


async def test_a_code_is_good_once_and_for_ten_minutes(stage: Stage) -> None:
    people = Accounts(stage)
    await people.unite()
    old = code_in(await people.say(LOCAL, "/me link"))
    code = code_in(await people.say(LOCAL, "/me link"))
    assert "no such code" in words(await people.say(SLACK, f"/me link code:{old}")), "a newer one ends it"
    stage.engine.now += 9 * MINUTE
    card = await people.say(SLACK, f"/me link code:{code}")
    assert "Are both" in words(card)
    assert "no such code" in words(await people.say(MALLORY, f"/me link code:{code}")), "somebody entered it already"
    assert "run out" in await people.click(MALLORY, token_in(card)), "and only they can confirm it"
    stage.engine.now += MINUTE
    assert "run out" in await people.click(SLACK, token_in(card))
    assert "no such code" in words(await people.say(SLACK, f"/me link code:{code}"))
    assert await people.member(SLACK) != await people.member(LOCAL)


async def test_codes_are_kept_as_digests_and_can_not_be_guessed(stage: Stage) -> None:
    people = Accounts(stage)
    await people.unite()
    code = code_in(await people.say(LOCAL, "/me link"))
    kept = await stage.app.database.read(lambda c: [tuple(map(str, row)) for row in c.execute(sa.select(LinkCode))])
    assert code.replace("-", "") not in str(kept)
    for number in range(5):
        assert "no such code" in words(await people.say(MALLORY, f"/me link code:AAAAA-0000{number}"))
    assert "Too many wrong codes" in words(await people.say(MALLORY, f"/me link code:{code}")), "even a right one"
    assert "Are both" in words(await people.say(SLACK, f"/me link code:{code}")), "others are not held up"
    stage.engine.now += 61 * MINUTE
    assert "no such code" in words(await people.say(MALLORY, "/me link code:AAAAA-00000"))


async def test_who_changes_their_mind_ends_the_code(stage: Stage) -> None:
    people = Accounts(stage)
    await people.unite()
    code = code_in(await people.say(LOCAL, "/me link"))
    assert "Enter it on your other account" in words(await people.say(LOCAL, f"/me link code:{code}"))
    card = await people.say(SLACK, f"/me link code:{code}")
    await people.click(MALLORY, token_in(card, 1))
    assert "Nothing was joined" in await people.click(SLACK, token_in(card, 1))
    assert "run out" in await people.click(SLACK, token_in(card))


async def test_accounts_of_different_communities_wait_for_the_organisers(stage: Stage) -> None:
    people = Accounts(stage)
    code = code_in(await people.say(LOCAL, "/me link"))
    assert "another community" in words(await people.say(SLACK, f"/me link code:{code}"))
    assert "Only organisers" in words(await people.say(SLACK, "/community code", organiser=False))
    assert "no such code" in words(await people.say(SLACK, f"/community join code:{code}")), "a code is for one purpose"
    made = code_in(await people.say(LOCAL, "/community code"))
    assert "one community already" in words(await people.say(LOCAL, f"/community join code:{made}"))
    assert "Only organisers" in words(await people.say(SLACK, f"/community join code:{made}", organiser=False))
    card = await people.say(SLACK, f"/community join code:{made}")
    assert "Nothing was joined" in await people.click(SLACK, token_in(card, 1))
    await people.unite()
    await stage.settle()
    assert "joined your community" in stage.said("ada")[-1]
    count = sa.select(sa.func.count()).select_from(Community)
    assert await stage.app.database.read(lambda c: c.execute(count).scalar_one()) == 1
    again = code_in(await people.say(LOCAL, "/me link"))
    assert "Are both" in words(await people.say(SLACK, f"/me link code:{again}"))


async def test_stragglers_come_home_within_the_hour(stage: Stage) -> None:
    people = await linked(stage)
    keep = await people.member(LOCAL)
    gone = sa.select(Member.id).where(Member.merged_into == keep)

    def write(connection: sa.Connection) -> None:
        late = sa.update(Identity).where(Identity.external_id == "U1ADA")
        connection.execute(late.values(member_id=connection.execute(gone).scalar_one()))

    await stage.app.database.run(write)
    assert await people.member(SLACK) != keep
    await stage.live(timedelta(hours=2))
    assert await people.member(SLACK) == keep
    assert not stage.engine.failed
