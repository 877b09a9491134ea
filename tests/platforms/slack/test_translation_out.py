"""Replies and forms as Block Kit: within every limit, and what people wrote neither formats nor mentions."""

import json
import re

import pytest
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
    Form,
    Picture,
    PlaceInput,
    Progress,
    Reply,
    SelectInput,
    Text,
    TextInput,
    Tone,
    esc,
)
from bot.chat.limits import fit, fit_one
from bot.chat.reply import Refusal
from bot.platforms.slack.forms import modal, refused, typed_values
from bot.platforms.slack.limits import LIMITS, MAX_SECTION
from bot.platforms.slack.mrkdwn import literal, mrkdwn
from bot.platforms.slack.render import Json, bar, options, plain_body, render
from bot.platforms.slack.wording import as_typed, line_of, offered
from tests.support.sampler import everything
from tests.support.slack_checks import check_blocks, check_view
from tests.support.slack_stage import validator

NASTY = st.text(st.sampled_from("ab *_~`<>&!@#|\\\n[]():/-é😀"), max_size=400) | st.text(max_size=4000)
LINKS = st.sampled_from(["", "https://example.org/?a=1&b=2|x", "https://e.org/" + "x" * 3000])
LABEL = st.text(min_size=1, max_size=200)
BUTTON = st.builds(Button, LABEL, st.just("cog.act:1")) | st.builds(
    lambda label, url: Button(label, url=url or "https://e.org"), LABEL, LINKS
)
CHOICE = st.builds(Choice, LABEL, st.text("abc", min_size=1, max_size=20), st.text(max_size=200))
PARTS = st.one_of(
    st.builds(Text, NASTY),
    st.builds(Fields, st.lists(st.builds(Field, st.text(max_size=1500), NASTY), min_size=1, max_size=12).map(tuple)),
    st.builds(Picture, st.sampled_from(["a.png", "https://e.org/a.png", "gone.png"]), st.text(max_size=3000)),
    st.builds(Choices, st.just("cog.pick:1"), st.text(max_size=200), st.lists(CHOICE, max_size=120).map(tuple)),
    st.builds(Buttons, st.lists(BUTTON, min_size=1, max_size=30).map(tuple)),
    st.builds(Progress, st.text(max_size=1200), st.floats(-1, 2), st.text(max_size=1200)),
    st.just(Divider()),
)
CARDS = st.builds(
    Card, st.text(max_size=400), st.lists(PARTS, max_size=6).map(tuple), LINKS, st.sampled_from(list(Tone))
)
REPLIES = st.builds(Reply, NASTY, st.lists(CARDS, max_size=6).map(tuple))


@settings(max_examples=60, deadline=None)
@given(REPLIES)
def test_whatever_is_said_slack_takes_it(reply: Reply) -> None:
    for page in [*fit(reply, LIMITS), fit_one(reply, LIMITS)]:
        body = render(page, {"a.png": "F1"})
        assert check_blocks(body.blocks) == []
        assert body.text
        assert len(body.text) <= 4000
        assert len(plain_body(page).text) <= 4000
        _assert_schema(body.blocks)


def _assert_schema(blocks: list[Json]) -> None:
    check = validator()
    if check is not None:
        assert check.check_blocks([b for b in blocks if b["type"] != "image"]) == []


@given(NASTY, st.integers(1, 300))
def test_mrkdwn_is_never_longer_than_asked(text: str, most: int) -> None:
    assert len(mrkdwn(text, most)) <= most


@given(NASTY)
def test_what_people_write_neither_formats_nor_mentions(text: str) -> None:
    shown = mrkdwn(esc(text), 100_000)
    assert not re.search(r"[*`<>]", shown)
    assert not re.search(r"(?<![^\W_])[_~](?=\S)|(?<=\S)[_~](?![^\W_])", shown)
    assert not re.search(r"&(?!amp;|lt;|gt;)", shown)
    assert not re.search(r"(?m)^&gt;", shown)


@pytest.mark.parametrize(
    ("ours", "slacks"),
    [
        ("**bold** *it* `a<b`", "*bold* _it_ `a&lt;b`"),
        ("[a | b](https://e.org/?x=1&y=2)", "<https://e.org/?x=1&amp;y=2|a ∣ b>"),
        ("- one\n- two", "• one\n• two"),
        ("`/help` and `/leads today`", "`/rung help` and `/leads today`"),
        ("mo**bile**s", "mo\u200b*bile*\u200bs"),
        ("** wide **", " *wide* "),
        ("snake_case stays, _this_ does not", "snake_case stays, ＿this＿ does not"),
        ("> no quote", "› no quote"),
        ("\\*stars\\*", "∗stars∗"),
    ],
)
def test_markup_becomes_mrkdwn(ours: str, slacks: str) -> None:
    assert mrkdwn(ours, MAX_SECTION) == slacks


def test_escapes_are_counted_before_the_cut() -> None:
    shown = mrkdwn("& " * 2000, MAX_SECTION)
    assert len(shown) <= MAX_SECTION
    assert shown.endswith("&amp;…")
    assert literal("<!channel>") == "&lt;!channel&gt;"


def test_every_part_has_its_block() -> None:
    blocks = render(Reply("hi", (everything("words"),)), {"dot.png": "F7"}).blocks
    assert [b["type"] for b in blocks] == [
        *("section", "divider", "section", "section", "section", "section", "divider", "image", "actions", "actions"),
    ]
    assert blocks[2]["text"]["text"] == "🟢 *<https://example.org/job/1|Research Intern &lt;Vision&gt; &amp; ∗more∗>*"
    assert blocks[4]["fields"][2]["text"] == "*Paid*\nyes ∗really∗ @everyone &lt;!channel&gt;"
    assert blocks[7] == {"type": "image", "alt_text": "a dot", "slack_file": {"id": "F7"}}
    assert [e["action_id"] for e in blocks[9]["elements"]] == [
        "sampler.click:42",
        "sampler.open",
        "sampler.turn:2",
        "link",
    ]


def test_ids_differ_within_a_message_and_bring_back_the_token() -> None:
    again = Buttons((Button("A", "cog.act:1"), Button("B", "cog.act:1"), Button("C", url="https://e.org")))
    elements = [e for b in render(Reply("", (Card("", (again, again)),))).blocks for e in b["elements"]]
    assert [e["action_id"] for e in elements] == [
        *("cog.act:1", "cog.act:1#2", "link", "cog.act:1#3", "cog.act:1#4", "link#2"),
    ]
    assert {e.get("value") for e in elements} == {"cog.act:1", None}


def test_a_picture_without_a_file_is_told_in_words() -> None:
    card = Card("", (Picture("a.png", "a chart"), Picture("https://e.org/a.png", "a map")))
    body = render(Reply("", (card,), files=(File("a.png", b"x"),)))
    assert [b["text"]["text"] for b in body.blocks] == ["🖼 a chart", "🖼 <https://e.org/a.png|a map>"]
    assert render(Reply("", (card,)), {}).blocks[1]["image_url"] == "https://e.org/a.png"


def test_a_tone_without_a_title_marks_the_first_words() -> None:
    (block,) = render(Reply("", (Card(parts=(Text("Careful."),), tone=Tone.WARN),))).blocks
    assert block["text"]["text"] == "🟡 Careful."


def test_the_notification_names_commands_as_they_are_typed_on_slack() -> None:
    assert render(Reply("See `/help` & more.")).text == "See /rung help &amp; more."


def test_an_option_that_slack_would_not_carry_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="1 to 150"):
        options((Choice("Long", "v" * 151),))


def test_a_label_that_is_a_command_is_one_that_can_be_typed() -> None:
    (option,) = options((Choice("/help", "help"),))
    assert option["text"]["text"] == "/rung help"


def test_bars() -> None:
    assert [bar(-1), bar(0.25), bar(2)] == ["░" * 10, "██" + "░" * 8, "█" * 10]


FORM = Form(
    "A form with a very long title",
    "cog.save:1",
    (
        TextInput("words", "W" * 3000, "v" * 400, "h" * 400, max_length=300),
        SelectInput("level", "Level", tuple(Choice(f"c{i}", str(i)) for i in range(120)), "3"),
        SelectInput("free", "Free", (Choice("A", "a"),), "no such", required=False),
        PlaceInput("place", "Place", "C1"),
        TextInput("story", "Story", multiline=True, required=False),
    ),
    "Say `/help`.",
)


def test_a_form_is_a_modal_within_the_limits() -> None:
    view = modal(FORM, {"channel": "C1", "thread": "", "response_url": "https://hooks"})
    assert check_view(view) == []
    check = validator()
    if check is not None:
        assert check.check_view(view) == []
    assert json.loads(view["private_metadata"]) == {"channel": "C1", "response_url": "https://hooks"}
    intro, words, level, free, place, story = view["blocks"]
    assert intro["text"]["text"] == "Say `/rung help`."
    assert len(words["element"]["initial_value"]) == 300
    assert level["element"]["initial_option"]["value"] == "3"
    assert "initial_option" not in free["element"]
    assert place["element"]["initial_conversation"] == "C1"
    assert (story["optional"], story["element"]["multiline"]) == (True, True)


def test_a_problem_stands_once_above_the_form() -> None:
    view = {**modal(FORM, {}), "id": "V1", "hash": "h", "state": {}}
    once = refused(view, Refusal("**Too** short."))["view"]
    twice = refused(once, Refusal("Still too short.", "an option of the handler"))["view"]
    assert check_view(twice) == []
    assert [len(v["blocks"]) for v in (once, twice)] == [7, 7]
    assert twice["blocks"][0]["text"]["text"] == "⚠️ Still too short."
    assert not {"id", "hash", "state"} & set(twice)


def test_a_problem_of_one_input_stands_beside_it() -> None:
    ack = refused(modal(FORM, {}), Refusal("**Too** short; try “vision”.", "words"))
    assert ack == {"response_action": "errors", "errors": {"words": "Too short; try “vision”."}}


def test_what_was_typed() -> None:
    state: dict[str, dict[str, Json]] = {
        "words": {"words": {"type": "plain_text_input", "value": None}},
        "level": {"level": {"type": "static_select", "selected_option": {"value": "3"}}},
        "free": {"free": {"type": "static_select", "selected_option": None}},
        "place": {"place": {"type": "conversations_select", "selected_conversation": "C1"}},
    }
    assert typed_values(state) == {"words": "", "level": "3", "free": "", "place": "C1"}


def test_reserved_words_live_behind_the_house_command() -> None:
    assert not offered("help")
    assert offered("leads")
    assert as_typed("/help me") == "/rung help me"
    assert as_typed("not/help") == "not/help"
    assert line_of("/leads", " today ") == "/leads  today"
    assert line_of("/rung", "/help") == "/help"
    assert line_of("/rung", "") == "/help"
