"""A member's own pages: profile, notifications, linked accounts, data; and communities that become one."""

from bot.chat import Caller, Place
from bot.chat.action import Action
from bot.chat.command import Answer
from bot.community.telling import Notification
from tests.contract.tours.tour import HOSTILE, LONG, Tour
from tests.support.stage import token

GROUPS = ("me", "community")
_SLACK = Caller("slack", "T1", "U1", HOSTILE, Place("C1"), organiser=True, workspace_name=HOSTILE)
_LONG = "mwmw " * 12


async def walk(tour: Tour) -> None:
    """Tell of oneself in long, hostile and plain words, join accounts and communities, and be forgotten."""
    await _profile(tour)
    await tour.command("/me export", "ada")
    await tour.click("me.pack", "ada")
    await _communities(tour)
    await _accounts(tour)
    await tour.command("/me forget", "ada")
    form = await tour.click("me.ask_word", "ada")
    await tour.submit(form, "ada", word=HOSTILE)
    await tour.submit(form, "ada", word="forget")
    await tour.command("/me profile", "ada")


async def _profile(tour: Tour) -> None:
    await tour.command("/me profile", "ada")
    await tour.command("/me zone", "ada")
    await tour.command('/me zone zone:"New York"', "ada")
    await tour.command(f'/me zone zone:"{HOSTILE}"', "ada")
    await tour.click("me.confirm_zone", "ada")
    form = await tour.click("me.edit", "ada")
    words = {"degree": HOSTILE[:120], "topics": f"{HOSTILE}, {LONG}", "places": LONG, "year": "2028"}
    await tour.submit(form, "ada", name=_LONG, **words)
    await tour.submit(form, "ada", name=HOSTILE[:60], **words)
    private = await tour.click("me.edit_private", "ada")
    await tour.submit(private, "ada", permit=f"{HOSTILE}\n{LONG}", shows="yes", hour="23")
    await tour.submit(private, "ada", hour="99")
    await tour.command("/me notifications", "ada")
    for kind in Notification:
        await tour.click(f"me.notify:{kind.value}/{'no' if kind is not Notification.PODS else 'yes'}", "ada")


async def _communities(tour: Tour) -> None:
    for answer in ("community.stay_apart", "community.unite"):
        made = await tour.command("/community code")
        card = await _on_slack(tour, f"/community join code:{_code(made)}")
        await _click_on_slack(tour, token(card, answer))
        await _click_on_slack(tour, token(card, answer))
    await tour.command(f'/community join code:"{HOSTILE}"')
    await tour.stage.settle()
    tour.said += [("notice", reply) for reply in tour.stage.platform.said("olga")]


async def _accounts(tour: Tour) -> None:
    for answer in ("me.stay_apart", "me.join"):
        made = await tour.command("/me link", "ada")
        card = await _on_slack(tour, f"/me link code:{_code(made)}")
        await _click_on_slack(tour, token(card, answer))
        await _click_on_slack(tour, token(card, answer))
    for _ in range(6):
        await tour.command(f'/me link code:"{HOSTILE}"', "ada")
    await tour.stage.settle()
    tour.said += [("notice", reply) for reply in tour.stage.platform.said("ada")]


def _code(answer: Answer) -> str:
    return str(answer).split("code:", 1)[1][:11]


async def _on_slack(tour: Tour, line: str) -> Answer:
    answer = await tour.stage.app.router.text(_SLACK, line)
    tour.said.append((" ".join(line.removeprefix("/").split()[:2]), answer))
    return answer


async def _click_on_slack(tour: Tour, of: str) -> None:
    tour.said.append((Action.parse(of).name, await tour.stage.app.router.action(_SLACK, of)))
