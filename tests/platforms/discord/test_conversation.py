"""The real discord.py against a simulated Discord: commands, cards, buttons, forms, restarts, threads, listening."""

import discord
import pytest
import simcord

from tests.support.discord_stage import stage, words


async def test_slash_card_button_form_and_the_old_button_after_a_restart() -> None:
    async with stage() as s:
        shown = await s.grace.slash(s.channel, "sampler parts", words="*stars* @everyone")
        assert shown.response is not None
        assert not shown.ephemeral
        assert "### [Research Intern \\<Vision\\> & \\*more\\*](https://example.org/job/1)" in words(shown.response)
        assert "\\*stars\\* @\u200beveryone" in words(shown.response)

        clicked = await s.grace.click(shown.response.message, label="Click")
        assert clicked.response is not None
        assert clicked.ephemeral
        assert words(clicked.response) == "Clicked 42."

        opened = await s.grace.click(shown.response.message, label="Open")
        assert opened.modal is not None
        assert opened.modal["title"] == "A form"
        saved = await s.grace.submit_modal(opened, {"topic": "vision", "level": ["1"]})
        assert saved.response is not None
        assert words(saved.response) == "Kept **vision** at level 1."

        await s.restart()
        again = await s.grace.click(shown.response.message, label="Click")
        assert again.response is not None
        assert words(again.response) == "Clicked 42."
        assert s.cog.clicks == [(str(s.grace.id), 42)] * 2


async def test_a_form_that_was_open_during_a_restart_is_still_taken() -> None:
    async with stage() as s:
        opened = await s.grace.slash(s.channel, "sampler form")
        await s.restart()
        saved = await s.grace.submit_modal(opened, {"topic": "speech", "level": ["2"], "place": [s.channel]})
    assert saved.acknowledged
    assert s.cog.saved == [{"topic": "speech", "level": 2, "story": "", "place": str(s.channel.id)}]


async def test_what_was_typed_into_a_refused_form_is_kept() -> None:
    async with stage() as s:
        opened = await s.grace.slash(s.channel, "sampler form")
        refused = await s.grace.submit_modal(opened, {"topic": "wrong", "story": "a long one", "level": ["2"]})
        assert refused.response is not None
        assert refused.ephemeral
        assert "That topic is wrong" in words(refused.response)
        reopened = await s.grace.click(refused.response.message, label="Open it again")
    assert reopened.modal is not None
    typed = {
        part["component"]["custom_id"]: part["component"].get("value") for part in reopened.modal["components"][1:]
    }
    assert typed == {"topic": "wrong", "story": "a long one", "level": None, "place": None}


async def test_every_type_of_option_arrives() -> None:
    async with stage() as s:
        given = await s.grace.slash(
            s.channel, "sampler typed", colour="blue", count=7, size="very_large", where="Bern", loud=True
        )
        few = await s.grace.slash(s.channel, "sampler typed", colour="red")
    assert given.response is not None
    assert few.response is not None
    assert words(given.response) == "blue 7 very\\_large Bern loud"
    assert words(few.response) == "red 3 small - quiet"


async def test_choices_and_ranges_are_native() -> None:
    async with stage() as s:
        with pytest.raises((simcord.OptionError, simcord.SetupError)):
            await s.grace.slash(s.channel, "sampler typed", colour="green")
        with pytest.raises((simcord.OptionError, simcord.SetupError)):
            await s.grace.slash(s.channel, "sampler typed", colour="red", count=26)


async def test_an_option_completes_as_one_types() -> None:
    async with stage() as s:
        offered = await s.grace.autocomplete(s.channel, "sampler typed", "where", "be", colour="red")
    assert offered == [{"name": "Berlin", "value": "berlin"}, {"name": "Bern", "value": "bern"}]


async def test_a_menu_gives_what_was_picked() -> None:
    async with stage() as s:
        shown = await s.grace.slash(s.channel, "sampler parts")
        assert shown.response is not None
        picked = await s.grace.select(shown.response.message, ["blue"])
    assert picked.response is not None
    assert words(picked.response) == "Picked blue for 7."


async def test_a_click_may_replace_its_message() -> None:
    async with stage() as s:
        shown = await s.grace.slash(s.channel, "sampler parts")
        assert shown.response is not None
        await s.grace.click(shown.response.message, label="Turn")
        message = s.channel.last_message
        assert message is not None
        assert message.id == shown.response.id
        assert words(message) == "Page 2\n### Pages"
        assert message.attachments == []
        await s.grace.click(message, label="Next")
        turned = s.channel.last_message
        assert turned is not None
        assert words(turned) == "Page 3\n### Pages"


async def test_organisers_commands_are_for_who_manages_the_guild() -> None:
    async with stage() as s:
        refused = await s.grace.slash(s.channel, "sampler secret")
        done = await s.ada.slash(s.channel, "sampler secret")
    assert refused.response is not None
    assert done.response is not None
    assert "Only organisers" in words(refused.response)
    assert words(done.response) == "Done, organiser."


async def test_a_slow_handler_is_acknowledged_first() -> None:
    async with stage() as s:
        s.cog.release.set()
        shown = await s.grace.slash(s.channel, "sampler slow")
        answers = [body["type"] for _, path, body in s.bodies() if path.endswith("/callback")]
    assert answers == [discord.InteractionResponseType.deferred_channel_message.value]
    assert shown.ephemeral
    assert shown.response is not None
    assert words(shown.response) == "At last."


async def test_a_mistake_of_ours_becomes_a_number_and_no_secret() -> None:
    async with stage() as s:
        shown = await s.grace.slash(s.channel, "sampler broken")
    assert shown.response is not None
    assert shown.ephemeral
    assert "Something went wrong" in words(shown.response)
    assert "sk-secret" not in words(shown.response)


async def test_what_is_too_much_for_one_message_becomes_several() -> None:
    async with stage() as s:
        shown = await s.grace.slash(s.channel, "sampler long", cards=3)
    assert len(shown.followups) >= 2
    assert all(len(words(f)) <= 4000 for f in shown.followups)


async def test_a_reply_opens_a_thread() -> None:
    async with stage() as s:
        await s.grace.slash(s.channel, "sampler thread")
        (thread,) = s.channel.threads
    assert thread.name == "A talk"


async def test_links_and_mentions_are_heard_and_the_rest_is_not() -> None:
    async with stage() as s:
        await s.grace.send(s.channel, "nothing to see here")
        await s.grace.send(s.channel, "look: https://jobs.example.org/1")
        link = s.channel.last_message
        assert link is not None
        assert words(link) == "I saw a link."
        assert link.reference is not None
        assert s.platform._client is not None
        assert s.platform._client.user is not None
        await s.grace.send(s.channel, f"hello <@{s.platform._client.user.id}>")
        mention = s.channel.last_message
        assert mention is not None
        assert words(mention) == "You called? `/help` shows what I can do."
        assert len(s.channel.history()) == 5


async def test_a_direct_conversation_has_no_workspace_and_hides_nothing() -> None:
    async with stage() as s:
        user = s.env.create_user("linus")
        shown = await user.slash("sampler typed", colour="red")
        await user.send_dm("hello?")
        heard = user.dm_channel.last_message
    assert shown.response is not None
    assert not shown.ephemeral
    assert heard is not None
    assert words(heard).startswith("You called?")


async def test_no_view_is_kept_in_memory() -> None:
    async with stage() as s:
        shown = await s.grace.slash(s.channel, "sampler parts")
        assert shown.response is not None
        await s.grace.click(shown.response.message, label="Open")
        client = s.platform._client
        assert isinstance(client, discord.Client)
        assert list(client.persistent_views) == []
        assert client._connection._view_store._views == {}
        assert client._connection._view_store._modals == {}
