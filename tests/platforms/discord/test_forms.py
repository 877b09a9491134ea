"""Forms as modals, and what a submitted modal says."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat import Choice, Form, PlaceInput, SelectInput, TextInput, act
from bot.platforms.discord.forms import modal, values
from tests.support.discord_checks import modal_errors

text_inputs = st.builds(
    TextInput,
    st.just("name"),
    st.text(max_size=80),
    st.text(max_size=400),
    st.text(max_size=200),
    st.booleans(),
    st.booleans(),
    st.integers(0, 9000),
)
choices = st.lists(st.builds(Choice, st.text(max_size=150), st.text(max_size=100)), min_size=1, max_size=40).map(tuple)
select_inputs = st.builds(SelectInput, st.just("name"), st.text(max_size=80), choices, st.text(max_size=9))
place_inputs = st.builds(PlaceInput, st.just("name"), st.text(max_size=80), st.sampled_from(["", "12345", "general"]))
inputs = st.lists(st.one_of(text_inputs, select_inputs, place_inputs), min_size=1, max_size=5)
forms = st.builds(
    lambda title, found, intro: Form(
        title, act("a.b"), tuple(replace(item, name=f"input{i}") for i, item in enumerate(found)), intro
    ),
    st.text(max_size=80),
    inputs,
    st.text(max_size=2000),
)


def body_of(form: Form) -> dict[str, Any]:
    return modal(form).to_dict()


@given(forms)
def test_discord_takes_every_form(form: Form) -> None:
    assert modal_errors(body_of(form)) == []


def test_the_custom_id_is_the_token_and_inputs_go_by_their_names() -> None:
    form = Form("A", act("a.b", 7), (TextInput("topic", "Topic", "x"), PlaceInput("place", "Place", "42")), "**Hi**")
    intro, topic, place = body_of(form)["components"]
    assert body_of(form)["custom_id"] == "a.b:7"
    assert intro["content"] == "**Hi**"
    assert (topic["component"]["custom_id"], topic["component"]["value"]) == ("topic", "x")
    assert place["component"]["default_values"] == [{"id": 42, "type": "channel"}]


def test_with_five_inputs_the_intro_stands_under_the_first() -> None:
    form = Form("A", "a.b", tuple(TextInput(f"n{i}", "N") for i in range(5)), "Say **what**.")
    parts = body_of(form)["components"]
    assert len(parts) == 5
    assert parts[0]["description"] == "Say what."


def test_six_inputs_are_a_mistake_in_a_cog() -> None:
    with pytest.raises(ValueError, match="6 inputs"):
        modal(Form("A", "a.b", tuple(TextInput(f"n{i}", "N") for i in range(6))))


def test_what_was_filled_in_comes_back_by_name() -> None:
    typed = {
        "components": [
            {"type": 10, "id": 1},
            {"type": 18, "component": {"type": 4, "custom_id": "topic", "value": "vision"}},
            {"type": 18, "component": {"type": 3, "custom_id": "level", "values": ["2"]}},
            {"type": 18, "component": {"type": 3, "custom_id": "any", "values": ["\u2013"]}},
            {"type": 18, "component": {"type": 8, "custom_id": "place", "values": []}},
            {"type": 1, "components": [{"type": 4, "custom_id": "old", "value": None}]},
        ]
    }
    assert values(typed) == {"topic": "vision", "level": "2", "any": "", "place": "", "old": ""}
    assert values({}) == {}
