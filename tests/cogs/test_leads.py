"""/leads: what members find, save, follow, report and share; on both databases."""

from datetime import timedelta

import pytest

from bot.chat import Form, Message, Reply
from bot.leads.shares import PageRead
from tests.support.stage import Stage, raw, token, words


@pytest.fixture
async def full(stage: Stage) -> Stage:
    """A stage with a few leads."""
    await stage.take(
        raw("1"),
        raw("2", "Computer Vision Intern", "Globex", locations=("Zurich, Switzerland",), terms=("Fall 2027",)),
        raw("3", "NLP Research Intern (remote)", "Initech AI", locations=("Remote",), remote=True),
        raw("4", "Software Engineer Intern", "Umbrella", locations=("New York, NY",)),
        raw("5", "Working Student Data Science (part-time)", "Hooli", locations=("Munich, Germany",)),
        raw("6", "Machine Learning Engineer", "Umbrella", locations=("Boston, MA",)),
        raw("7", "Reinforcement Learning Intern", "Stark", active=False),
    )
    return stage


async def test_today_shows_what_is_new_or_else_the_newest(full: Stage) -> None:
    text = await full.read("/leads today")
    assert "4 new ML internships in the last 24 hours" in text
    assert "Software Engineer Intern" not in text
    full.engine.now += timedelta(days=3)
    assert "The newest of 4 open" in await full.read("/leads today")


async def test_today_when_nothing_is_open_shows_what_was_and_says_so(full: Stage) -> None:
    full.engine.now += timedelta(days=61)
    await full.app.life.expire()
    text = await full.read("/leads today")
    assert "Nothing is open that we know of" in text
    assert "5 that are no longer open do; the newest came in November 2026" in text
    assert "Not seen for 60 days" in text
    page = await full.say("/leads search vision where:zurich")
    assert "Nothing open fits: ML internships, “vision”, in Zurich. One that is no longer open does" in words(page)
    followed = await full.click(token(page, "leads.follow_query"))
    assert "no longer open" not in words(followed)
    assert "Nothing open fits" in await full.read("/leads search vision since:today")


async def test_every_season_of_a_lead_is_found_and_shown(stage: Stage) -> None:
    await stage.take(raw("1", terms=("Fall 2027", "Summer 2027", "Spring 2028")))
    for term in ("fall", "summer", "spring"):
        assert "Summer or Fall 2027, Spring 2028" in await stage.read(f"/leads search term:{term}")
    assert "Nothing open fits" in await stage.read("/leads search term:winter")


async def test_today_before_anything_came(stage: Stage) -> None:
    assert "no leads yet" in await stage.read("/leads today")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("/leads search vision", ["Computer Vision Intern"]),
        ("/leads search where:zurich", ["Computer Vision Intern"]),
        ("/leads search where:switzerland", ["Computer Vision Intern"]),
        ("/leads search where:germany", ["Machine Learning Intern", "Working Student Data Science (part-time)"]),
        ("/leads search remote:yes", ["NLP Research Intern (remote)"]),
        ("/leads search term:fall", ["Computer Vision Intern"]),
        ("/leads search part_time:yes", ["Working Student Data Science (part-time)"]),
        ("/leads search acme", ["Machine Learning Intern"]),
        ("/leads search software all_internships:yes", ["Software Engineer Intern"]),
    ],
)
async def test_search_finds(full: Stage, line: str, found: list[str]) -> None:
    answer = await full.say(line)
    assert isinstance(answer, Reply)
    assert sorted(card.title for card in answer.cards if card.title) == sorted(found)


async def test_search_without_a_hit_says_what_to_do(full: Stage) -> None:
    text = await full.read("/leads search quantum where:atlantis")
    assert "Nothing open fits" in text
    assert "/leads follow" in text


async def test_searches_that_are_too_long_are_refused_kindly(full: Stage) -> None:
    assert "200 characters" in await full.read(f"/leads search {'word ' * 60}")
    assert "too long for a place" in await full.read(f'/leads search where:"{"x" * 90}"')


async def test_pages_turn_in_place(stage: Stage) -> None:
    await stage.take(*(raw(str(n), f"Machine Learning Intern {'ABCDEFGHIJ'[n]}x", f"Co{n} Labs") for n in range(10)))
    first = await stage.say("/leads search machine")
    assert "Page 1 of 3" in words(first)
    second = await stage.click(token(first, "leads.page"))
    assert isinstance(second, Reply)
    assert second.replaces
    assert "Page 2 of 3" in words(second)
    assert "Previous" in words(second)
    assert "no longer kept" in words(await stage.click("leads.page:999/1"))


async def test_a_lead_is_saved_once_and_others_are_counted(full: Stage) -> None:
    save = token(await full.say("/leads search vision"), "leads.save")
    assert "Saved Computer Vision Intern at Globex." in words(await full.click(save))
    assert "in your pipeline already: saved" in words(await full.click(save))
    assert "1 other here saved it too" in words(await full.click(save, "bob"))
    lead = save.rsplit(":", 1)[1]
    assert "you applied for Computer Vision Intern" in words(await full.click(f"leads.applied:{lead}"))
    assert "stands at “applied” already" in words(await full.click(f"leads.applied:{lead}"))
    shown = await full.read(f"/leads show {lead}")
    assert "you applied" in shown
    assert "1 other saved it" in shown
    assert "Why it is here" in shown
    assert "Seen in" in shown


async def test_not_for_me_hides_it_from_me_only(full: Stage) -> None:
    gone = token(await full.say("/leads search vision"), "leads.not_for_me")
    undo = await full.click(gone)
    assert "Nothing open fits" in await full.read("/leads search vision")
    assert "Computer Vision" in await full.read("/leads search vision", "bob")
    assert "back in your searches" in words(await full.click(token(undo, "leads.for_me_again")))
    assert "Computer Vision" in await full.read("/leads search vision")


async def test_three_reports_or_one_organiser_hide_a_lead(full: Stage) -> None:
    lead = token(await full.say("/leads search vision"), "leads.save").rsplit(":", 1)[1]
    assert "you are number 1" in await full.read(f"/leads report {lead} dead")
    assert "you are number 1" in await full.read(f"/leads report {lead} spam")
    assert "you are number 2" in await full.read(f"/leads report {lead} dead", "bob")
    assert "hidden now" in await full.read(f"/leads report {lead} dead", "cy")
    assert "Nothing open fits" in await full.read("/leads search vision")
    assert "not here" in await full.read(f"/leads report {lead} dead", "dee")
    other = token(await full.say("/leads search nlp"), "leads.save").rsplit(":", 1)[1]
    done = await full.say(f"/leads report {other} wrong", organiser=True)
    assert "hidden from this community" in words(done)
    assert "Only organisers" in words(await full.click(token(done, "leads.show_again")))
    await full.click(token(done, "leads.show_again"), organiser=True)
    assert "NLP Research" in await full.read("/leads search nlp")


async def test_a_lead_that_is_not_there(full: Stage) -> None:
    for line in ("/leads show 999", "/leads report 999 dead"):
        assert "not here" in await full.read(line) or "no lead 999" in await full.read(line)
    for name in ("save", "applied", "not_for_me", "share_in_thread"):
        assert "no lead 999" in words(await full.click(f"leads.{name}:999"))


async def test_share_in_thread_opens_one_with_the_card(full: Stage) -> None:
    shared = await full.click(token(await full.say("/leads search vision"), "leads.share_in_thread"))
    assert isinstance(shared, Reply)
    assert shared.thread == "Computer Vision Intern · Globex"
    assert "Ada wants to talk about" in words(shared)


async def test_follows_bring_new_matches_once_a_day_at_the_members_hour(full: Stage) -> None:
    followed = await full.say("/leads follow vision")
    assert "You follow: ML internships, “vision”" in words(followed) or "“vision”" in words(followed)
    assert "09:00 (UTC)" in words(followed)
    await full.live(timedelta(hours=2))
    assert full.said("ada") == []
    await full.take(raw("8", "Vision Transformer Intern", "Wayne Labs"), complete=False)
    await full.live(timedelta(days=1))
    assert len(full.said("ada")) == 1
    assert "Vision Transformer Intern" in full.said("ada")[0]
    await full.live(timedelta(days=2))
    assert len(full.said("ada")) == 1


async def test_whoever_wants_no_new_leads_gets_none_and_no_backlog_later(full: Stage) -> None:
    await full.say("/leads follow vision")
    await full.click("me.notify:leads:no")
    await full.take(raw("8", "Vision Transformer Intern", "Wayne Labs"), complete=False)
    await full.live(timedelta(days=1))
    assert full.said("ada") == []
    await full.click("me.notify:leads:yes")
    await full.take(raw("9", "Computer Vision Intern", "Kord Labs"), complete=False)
    await full.live(timedelta(days=1))
    (told,) = full.said("ada")
    assert "Kord Labs" in told
    assert "Wayne Labs" not in told


async def test_follows_are_listed_and_stopped(full: Stage) -> None:
    assert "no search yet" in await full.read("/leads follows")
    query = token(await full.say("/leads search vision"), "leads.follow_query")
    await full.click(query)
    listed = await full.say("/leads follows")
    assert "You follow 1 search." in words(listed)
    stop = token(listed, "leads.unfollow")
    assert "no longer follow" in words(await full.click(stop))
    assert "don't follow that" in words(await full.click(stop))
    assert "no longer kept" in words(await full.click("leads.follow_query:999"))


async def test_ten_follows_are_enough(full: Stage) -> None:
    for n in range(10):
        await full.say(f"/leads follow word{n}")
    assert "already" in await full.read("/leads follow one-more")


async def test_sources_tell_how_they_are(full: Stage) -> None:
    text = await full.read("/leads sources")
    assert "1 source ·" in text
    assert "7 rows" in text
    assert "just now" in text
    full.engine.now += timedelta(hours=5)
    assert "5 h ago" in await full.read("/leads sources")


async def test_sources_before_any_was_asked(stage: Stage) -> None:
    assert "No source has been asked yet" in await stage.read("/leads sources")


async def test_places_are_completed_by_those_with_leads(full: Stage) -> None:
    found = await full.app.router.suggest(full.caller(), ("leads", "search"), "where", "zu")
    assert [choice.value for choice in found] == ["zurich"]


class TestSharing:
    """A job link on its way from a member to the community."""

    URL = "https://jobs.lever.co/wonka/11111111-2222-3333-4444-555555555555"

    @pytest.fixture
    def shop(self, full: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
        async def read(url: str) -> PageRead:
            title = "Computer Vision Intern, Chocolate"
            return PageRead(title, "Wonka", ("Berlin, Germany",), "See sweets", note="No date.")

        share = next(c for c in full.app.router.registry.cogs if type(c).__name__ == "LeadShares")
        monkeypatch.setattr(share._shares, "_read_page", read)  # type: ignore[attr-defined]  # the web is not asked here
        return full

    async def test_a_member_shares_an_organiser_approves_the_sharer_hears(self, shop: Stage) -> None:
        await self._organise(shop)
        card = await shop.say(f"/leads share {self.URL}?utm_source=x")
        assert "This is what I read" in words(card)
        assert "No date." in words(card)
        form = await shop.click(token(card, "leads.edit_share"))
        assert isinstance(form, Form)
        assert {i.name: i.value for i in form.inputs}["title"] == "Computer Vision Intern, Chocolate"
        assert "An organiser looks at it" in words(await shop.submit(form, place="Zurich, Switzerland"))
        await shop.settle()
        assert "shared a job link" in shop.said("olga")[0]
        waiting = await shop.say("/leads shares", "olga", organiser=True)
        approve = token(waiting, "leads.approve_share")
        assert "Only organisers" in words(await shop.click(approve))
        assert "Added: Computer Vision Intern, Chocolate" in words(await shop.click(approve, "olga", organiser=True))
        await shop.settle()
        assert "is a lead now" in shop.said("ada")[0]
        assert "Chocolate" in await shop.read("/leads search chocolate where:zurich")
        assert "decided already" in words(await shop.click(approve, "olga", organiser=True))
        assert "No shared link waits" in await shop.read("/leads shares", "olga", organiser=True)

    async def test_a_link_that_nobody_else_could_open_is_refused(self, full: Stage) -> None:
        for url in ("http://169.254.169.254/latest", "http://127.0.0.1:8080/x", "https://me:secret@jobs.example.org/1"):
            answer = await full.say(f"/leads share {url}")
            assert "Share the public address of the opening." in words(answer)
            assert "secret" not in words(answer)
        page = await full.say("/leads share https://www.linkedin.com/jobs/view/1234")
        assert "I could read nothing there." in words(page)
        assert "Fill it in" in words(page)

    async def test_declined_and_the_sharer_hears(self, shop: Stage) -> None:
        form = await shop.click(token(await shop.say(f"/leads share {self.URL}"), "leads.edit_share"))
        await shop.submit(form)
        waiting = await shop.say("/leads shares", "olga", organiser=True)
        assert "Declined" in words(await shop.click(token(waiting, "leads.decline_share"), "olga", organiser=True))
        await shop.settle()
        assert "not taken up" in shop.said("ada")[0]

    async def test_an_organisers_own_share_is_approved_at_once(self, shop: Stage) -> None:
        card = await shop.say(f"/leads share {self.URL}", "olga", organiser=True)
        form = await shop.click(token(card, "leads.edit_share"), "olga", organiser=True)
        assert "Added" in words(await shop.submit(form, "olga", organiser=True))

    async def test_a_mistake_in_the_form_loses_nothing(self, shop: Stage) -> None:
        form = await shop.click(token(await shop.say(f"/leads share {self.URL}"), "leads.edit_share"))
        wrong = await shop.submit(form, title="", company="Wonka & Sons")
        assert "“title” is needed" in words(wrong)
        again = await shop.click(token(wrong, "rung.retry"))
        assert isinstance(again, Form)
        assert {i.name: i.value for i in again.inputs}["company"] == "Wonka & Sons"
        assert "no longer kept" in words(await shop.click(token(wrong, "rung.retry"), "bob"))

    async def test_a_pasted_link_is_offered_once(self, shop: Stage) -> None:
        offer = (await self._paste(shop, f"look: {self.URL}?gh_src=abc nice"))[0]
        assert "Shall I add it" in words(offer)
        assert await self._paste(shop, self.URL, "bob") == []
        assert "This is what I read" in words(await shop.click(token(offer, "leads.add")))

    async def test_a_pasted_link_that_we_have_says_so_once(self, shop: Stage) -> None:
        page = await shop.say("/leads search vision")
        await shop.click(token(page, "leads.save"), "bob")
        url = next(card.url for card in page.cards if card.url)  # type: ignore[union-attr]  # a reply, as asked
        assert "We have it; 1 other saved it." in words((await self._paste(shop, url))[0])
        assert await self._paste(shop, url) == []

    async def test_other_links_are_let_be(self, shop: Stage) -> None:
        assert await self._paste(shop, "see https://github.com/a/b and https://example.org/careers") == []

    async def test_what_is_no_address_and_what_is_not_mine(self, shop: Stage) -> None:
        assert "is no web address" in await shop.read("/leads share nonsense")
        card = await shop.say(f"/leads share {self.URL}")
        assert "Only who shared" in words(await shop.click(token(card, "leads.edit_share"), "bob"))
        assert "no such share" in words(await shop.click("leads.edit_share:999"))
        assert "no longer kept" in words(await shop.click("leads.add:999"))

    async def _organise(self, stage: Stage) -> None:
        form = await stage.say("/setup", "olga", organiser=True)
        await stage.submit(form, "olga", organiser=True, place="leads")

    async def _paste(self, stage: Stage, text: str, who: str = "ada") -> list[Reply]:
        return await stage.app.router.message(stage.caller(who), Message("1", text))
