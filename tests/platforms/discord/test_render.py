"""Whatever a reply says, Discord takes every message that it becomes."""

from dataclasses import replace
from typing import Any

import pytest
from discord import ui
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat import (
    Button,
    Buttons,
    Card,
    Choice,
    Choices,
    Divider,
    Field,
    Fields,
    File,
    Picture,
    Progress,
    Reply,
    Style,
    Text,
    Tone,
)
from bot.platforms.discord.pages import one_page, pages
from bot.platforms.discord.render import Body, bar, file_name, options, render, walk
from tests.support.discord_checks import message_errors
from tests.support.sampler import PNG, everything

V2 = 1 << 15


def payload_of(body: Body, mark: str = "") -> dict[str, Any]:
    view: Any = body.view(mark)
    return {"flags": V2, "components": view.to_components()}


words = st.one_of(st.text(max_size=30), st.text(st.sampled_from("*_<@[]`aé \n"), max_size=6000))
tokens = st.builds("a.b:{}".format, st.one_of(st.integers(0, 3), st.text(st.sampled_from("xyz"), max_size=96)))
urls = st.builds("https://example.org/{}".format, st.text(st.sampled_from("ab/?=&"), max_size=700))
buttons = st.one_of(
    st.builds(Button, words, action=tokens, style=st.sampled_from(Style)), st.builds(Button, words, url=urls)
)
fields = st.builds(Field, words, words)
choices = st.builds(Choice, words, st.text(max_size=100), words)
parts = st.one_of(
    words.map(Text),
    st.lists(fields, max_size=8).map(tuple).map(Fields),
    st.builds(Picture, st.sampled_from(["dot.png", "no file", "https://example.org/a.png"]), words),
    st.builds(Choices, tokens, words, st.lists(choices, max_size=30).map(tuple)),
    st.lists(buttons, max_size=12).map(tuple).map(Buttons),
    st.builds(Progress, words, st.floats(-1, 2), words),
    st.just(Divider()),
)
cards = st.builds(
    Card, words, st.lists(parts, max_size=8).map(tuple), st.one_of(st.just(""), urls), st.sampled_from(Tone)
)
files = st.lists(
    st.builds(File, st.sampled_from(["dot.png", "notes.txt", "très long.csv"]), st.just(b"x")),
    max_size=14,
    unique_by=lambda f: f.name,
)
replies = st.builds(Reply, words, st.lists(cards, max_size=5).map(tuple), files=files.map(tuple))


@settings(max_examples=150, deadline=None)
@given(replies)
def test_discord_takes_every_message(reply: Reply) -> None:
    for page in [*pages(reply), one_page(reply)]:
        assert message_errors(payload_of(page, "0123456789ab")) == []
        names = [file_name(f.name) for f in page.files]
        shown = [m.media.url for i in walk(page.items) if isinstance(i, ui.MediaGallery) for m in i.items]
        assert all(url.removeprefix("attachment://") in names for url in shown if url.startswith("attachment:"))


@settings(max_examples=60, deadline=None)
@given(replies)
def test_no_file_is_lost(reply: Reply) -> None:
    assert {f.name for page in pages(reply) for f in page.files} == {f.name for f in reply.files}


def test_everything_stands_in_one_card() -> None:
    text, container = render(Reply("**Hi**", (everything("x"),), files=(File("dot.png", PNG),))).items
    assert isinstance(text, ui.TextDisplay)
    assert isinstance(container, ui.Container)
    kinds = [type(item).__name__ for item in container.children]
    assert kinds == [
        *("TextDisplay", "TextDisplay", "TextDisplay", "TextDisplay"),
        *("Separator", "MediaGallery", "ActionRow", "ActionRow"),
    ]
    assert container.accent_colour == 0x2E9E5B


def test_a_token_is_the_custom_id_and_a_second_one_is_numbered() -> None:
    twice = Card("c", (Buttons((Button("A", "a.b:1"), Button("B", "a.b:1"), Button("C", "a.b:" + "x" * 96))),))
    third = Card("d", (Buttons((Button("D", "a.b:" + "x" * 96),)),))
    ids = [i.custom_id for i in walk(render(Reply(cards=(twice, third))).items) if isinstance(i, ui.Button)]
    assert ids == ["a.b:1", "a.b:1#2", "a.b:" + "x" * 96]


def test_an_address_too_long_for_a_button_becomes_a_link() -> None:
    long = "https://example.org/?" + "x" * 600
    (page,) = pages(Reply(cards=(Card("t", (Buttons((Button("Apply", url=long), Button("Save", "a.b"))),)),)))
    assert f"[Apply]({long})" in [i.content for i in walk(page.items) if isinstance(i, ui.TextDisplay)]


def test_facts_stand_side_by_side_while_they_are_short() -> None:
    facts = Fields((Field("A", "1"), Field("B", "2"), Field("C", "x" * 60)))
    (container,) = render(Reply(cards=(Card(parts=(facts,)),))).items
    assert isinstance(container, ui.Container)
    (text,) = container.children
    assert isinstance(text, ui.TextDisplay)
    assert text.content == "**A** 1  ·  **B** 2\n**C** " + "x" * 60


def test_options_have_values_and_no_two_the_same() -> None:
    found = options((Choice("Any", ""), Choice("", "x", "hint"), Choice("Again", "x")), chosen="")
    assert [(o.label, o.value, o.default) for o in found] == [("Any", "\u2013", True), ("x", "x", False)]
    with pytest.raises(ValueError, match="at most 100"):
        options((Choice("long", "x" * 101),))


def test_a_reply_without_anything_says_done() -> None:
    assert [i.content for i in render(Reply()).items if isinstance(i, ui.TextDisplay)] == ["Done."]
    assert render(Reply(cards=(Card(),))).items


def test_what_is_full_of_marks_fits_too() -> None:
    reply = Reply("*" * 4000, (Card("_" * 300, (Text("`" * 5000),)),))
    assert all(page.text_length <= 4000 for page in pages(reply))


def test_more_files_than_a_message_takes_go_into_more_messages() -> None:
    reply = Reply("x", files=tuple(File(f"{i}.txt", b"x") for i in range(25)))
    assert [len(page.files) for page in pages(reply)] == [10, 10, 5]
    assert len(one_page(reply).files) == 10


def test_the_bar_never_leaves_its_bounds() -> None:
    assert [bar(v) for v in (-1.0, 0.5, 7.0)] == ["`░░░░░░░░░░`", "`█████░░░░░`", "`██████████`"]


def test_a_page_of_many_cards_keeps_its_order() -> None:
    found = pages(Reply(cards=tuple(replace(everything(), title=f"card {i}") for i in range(12))))
    texts = [i.content for page in found for i in walk(page.items) if isinstance(i, ui.TextDisplay)]
    titles = [t for t in texts if t.startswith("### ")]
    assert titles == [f"### [card {i}](https://example.org/job/1)" for i in range(12)]
