"""A mention calls one person; whatever comes from outside calls nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat import Card, Field, Fields, Reply, Text, esc, mention
from bot.chat.fallback import summary_of, text_of
from bot.chat.markup import cut, plain, spans
from bot.chat.mentions import mentioned
from bot.platforms.discord.markdown import markdown
from bot.platforms.discord.render import render
from bot.platforms.slack.mrkdwn import mrkdwn
from bot.platforms.web.markup import prose, said

SNOWFLAKE = "123456789012345678"
HOSTILE = st.text(st.sampled_from("<@>|\\*`[]()1U23456789 aé\n:"), max_size=40) | st.sampled_from(
    [f"<@{SNOWFLAKE}|x>", f"\\<@{SNOWFLAKE}|x>", "<@U123456|x>", "[<@ada|x>](https://a.b)", "**<@ada|x>**"]
)


def _html(text: str) -> str:
    return str(prose(text, lambda _: False))


@pytest.mark.parametrize(
    ("user", "discord", "slack"),
    [
        (SNOWFLAKE, f"Hi <@{SNOWFLAKE}>\\!".replace("\\!", "!"), "Hi @Ada_L!"),
        ("U0123ABC", "Hi @Ada\\_L!", "Hi <@U0123ABC>!"),
        ("ada-l", "Hi @Ada\\_L!", "Hi @Ada_L!"),
    ],
)
def test_a_platform_calls_only_people_of_its_own(user: str, discord: str, slack: str) -> None:
    text = f"Hi {mention(user, 'Ada_L')}!"
    assert markdown(text) == discord
    assert mrkdwn(text, 500) == slack
    assert plain(text) == "Hi @Ada_L!"
    assert f'<span class="mention" data-user="{user}">@Ada_L</span>' in _html(text)


def test_discord_may_call_exactly_those_who_are_mentioned() -> None:
    other = "223456789012345678"
    card = Card(parts=(Text(mention(other, "Bo")), Fields((Field("Who", mention("U0123ABC", "Cy")),))))
    reply = Reply(f"{mention(SNOWFLAKE, 'Ada')} {esc('<@323456789012345678|Eve>')}", (card,))
    assert mentioned(reply) == [SNOWFLAKE, other, "U0123ABC"]
    asked: object = render(reply).called.to_dict()
    assert asked == {"parse": [], "users": [int(SNOWFLAKE), int(other)]}


def test_a_mention_in_other_marks_is_a_name() -> None:
    name = mention(SNOWFLAKE, "Ada")
    text = f"**{name}** *{name}* [{name}](https://a.b/)"
    assert not [s for s in spans(text) if s.kind == "mention"]
    assert plain(text, links=False) == "@Ada @Ada @Ada"


def test_what_is_no_id_calls_nobody() -> None:
    assert mention("a b", "Ada") == mention("", "Ada") == "@Ada"
    assert mention("everyone>", "") == "@somebody"


@given(HOSTILE, HOSTILE)
def test_no_text_from_outside_mentions(one: str, other: str) -> None:
    text = esc(one) + esc(other)
    assert all(span.kind == "plain" for span in spans(text))
    assert plain(text) == " ".join(one.split()) + " ".join(other.split())
    assert not mentioned(Reply(text))
    assert "<@" not in markdown(text).replace("\\<", "")
    assert "<@" not in mrkdwn(text, 500)
    assert "<span" not in _html(text)
    assert "data-user" not in str(said(one))


@given(HOSTILE)
def test_any_name_can_be_mentioned_and_is_cut_whole(name: str) -> None:
    text = f"for {mention('ada', name)}"
    [before, called] = spans(text)
    assert (before.text, called.kind, called.user) == ("for ", "mention", "ada")
    assert called.text == (" ".join(name.split()) or "somebody")
    for most in range(1, len(text)):
        assert not mentioned(Reply(cut(text, most)))
    assert text_of(Reply(text)) == f"for @{called.text}"
    assert summary_of(Reply(text)).startswith("for @")
