"""Our markup as Discord's: marks stay marks, and what people wrote can neither format nor mention."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.markup import esc, plain
from bot.platforms.discord.markdown import link, literal, markdown

HOSTILE = st.text(st.sampled_from("*_~`|<>[]()\\@#-. 1\n:/&aeveryonehttps"), max_size=60)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("**bold** and *it*", "**bold** and *it*"),
        ("`code_x` [l](https://a.b/c_d)", "`code_x` [l](https://a.b/c_d)"),
        ("- one\n- two", "- one\n- two"),
        ("snake_case ~~no~~ ||no||", "snake\\_case \\~\\~no\\~\\~ \\|\\|no\\|\\|"),
        ("# no heading\n-# nor small\n> nor quote", "\\# no heading\n\\-# nor small\n\\> nor quote"),
        ("1. not a list", "1\\. not a list"),
        ("@everyone <@1> <#2> <@&3> <t:4>", "@\u200beveryone \\<@1\\> \\<#2\\> \\<@&3\\> \\<t:4\\>"),
        ("see https://a.b/c_d_e.", "see <https://a.b/c_d_e>."),
        ("(https://a.b/(c))", "(<https://a.b/(c)>)"),
        ("**a***b*", "**a**\u200b*b*"),
        ("** a **", " **a** "),
        ("** **", " "),
    ],
)
def test_markup_becomes_markdown(written: str, shown: str) -> None:
    assert markdown(written) == shown


def test_links_can_neither_end_early_nor_lie() -> None:
    assert link("https://a.b/(x)y", "La]bel") == "[La\\]bel](https://a.b/%28x%29y)"
    assert link("https://evil.example/", "https://bank.example/") == "<https://evil.example/>"
    assert link("https://a.b/", "") == "<https://a.b/>"


def _read(shown: str) -> str:
    """What a reader of Discord sees of text without formatting."""
    out, i = "", 0
    while i < len(shown):
        if shown[i] == "\\" and i + 1 < len(shown) and not shown[i + 1].isalnum():
            out, i = out + shown[i + 1], i + 2
        else:
            out, i = out + shown[i], i + 1
    return out.replace("\u200b", "")


@given(HOSTILE.filter(lambda text: "://" not in text))
def test_what_people_wrote_is_shown_as_it_stands(text: str) -> None:
    assert _read(literal(text)) == text
    assert _read(markdown(esc(text))) == plain(esc(text))


@given(HOSTILE)
def test_no_mark_of_a_person_stays_a_mark(text: str) -> None:
    shown = literal(text)
    for mark in "*_~`|":
        assert not any(c == mark and shown[i - 1 : i] != "\\" for i, c in enumerate(shown) if not _in_address(shown, i))
    assert "@everyone" not in shown
    assert "@here" not in shown


def _in_address(shown: str, index: int) -> bool:
    opened = shown.rfind("<http", 0, index + 1)
    return opened >= 0 and shown.find(">", opened) > index
