"""Nothing that somebody writes becomes markup: not in messages, not in cards, not in links."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat import Card, Field, Fields, File, Picture, Reply, Text, Tone
from bot.platforms.web.markup import el, link, prose, said
from bot.platforms.web.render import Renderer
from tests.support.web_checks import Inline
from tests.support.web_client import WebStage, show

ATTACKS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "[x](javascript:alert(1))",
    '[x](https://e.example/"onmouseover=alert(1))',
    "`<b>`**<i onclick=x>**",
    'https://e.example/"><script>alert(1)</script>',
    "</textarea><script>alert(1)</script>",
    "javascript:alert(1)",
    "&lt;script&gt;",
)  # fmt: skip
RENDERER = Renderer(lambda line: line.startswith("/"), lambda n: f"/files/{n}")


@pytest.mark.parametrize("attack", ATTACKS)
async def test_nothing_that_somebody_writes_becomes_markup(web: WebStage, attack: str) -> None:
    async with web.tab("Ada") as ada:
        await ada.ask("say", place="leads", text=attack)
        assert not Inline.found_in((await ada.entry())["html"])
        answer = await show(ada, f'/sampler parts "{attack.replace(chr(34), "")}"')
        assert not Inline.found_in(answer["html"])


@given(st.sampled_from(ATTACKS) | st.text(), st.sampled_from(ATTACKS) | st.text())
def test_no_text_breaks_out_of_a_card(one: str, other: str) -> None:
    card = Card(one, (Text(other), Fields((Field(other, one),)), Picture(other, one)), other, Tone.BAD)
    html = str(RENDERER.reply(Reply(one, (card,), files=(File(other or "x", b"", one),))))
    assert not Inline.found_in(html)
    allowed = {"div", "article", "h3", "a", "p", "br", "ul", "li", "strong", "em", "code", "button", "span"}
    seen = Inline()
    seen.feed(html)
    assert set(seen.tags) <= allowed | {"dl", "dt", "dd", "img", "svg", "use"}


@given(st.text(), st.text())
def test_attributes_hold_whatever_stands_in_them(name: str, value: str) -> None:
    parser = Inline()
    parser.feed(str(el("div", name, data_token=value, title=name)))
    parser.close()
    assert parser.tags == ["div"]
    assert parser.found == []


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "", "ftp://x", " https://x"]
)
def test_only_web_addresses_become_links(url: str) -> None:
    assert "<a" not in str(link("x", url))


def test_members_links_show_where_they_lead() -> None:
    assert "https://evil.example" in str(said("[bank](https://evil.example)")).split(">")[2]
    assert str(said("see https://a.example/x?b=1&c=2).")).count("<a ") == 1
    assert "command" not in str(said("`/leads today`"))
    assert 'data-line="/leads today"' in str(prose("`/leads today`", lambda line: line.startswith("/leads")))
