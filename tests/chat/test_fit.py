"""Whatever is said, each message that `fit` makes is within the limits, and `fit_one` makes exactly one."""

from hypothesis import given
from hypothesis import strategies as st

from bot.chat import Button, Buttons, Card, Divider, File, Picture, Reply, Text
from bot.chat.limits import Limits, fit, fit_one

LIMITS = Limits(
    text=100,
    message=150,
    title=20,
    field=20,
    fields=3,
    label=20,
    row=3,
    choices=5,
    hint=20,
    alt=20,
    components=12,
    form_title=20,
    input_label=20,
)

PARTS = st.one_of(
    st.text(max_size=200).map(Text),
    st.integers(1, 7).map(lambda n: Buttons(tuple(Button(f"b{i}", f"a.b:{i}") for i in range(n)))),
    st.just(Divider()),
)
CARDS = st.builds(Card, st.text(max_size=40), st.lists(PARTS, max_size=6).map(tuple))
REPLIES = st.builds(Reply, st.text(max_size=300), st.lists(CARDS, max_size=6).map(tuple))


def text_of(reply: Reply) -> int:
    parts = [part for card in reply.cards for part in card.parts]
    return (
        len(reply.text)
        + sum(len(c.title) for c in reply.cards)
        + sum(len(p.text) for p in parts if isinstance(p, Text))
    )


@given(REPLIES)
def test_every_page_is_within_the_limits(reply: Reply) -> None:
    for page in fit(reply, LIMITS):
        assert text_of(page) <= LIMITS.message
        assert all(len(p.buttons) <= LIMITS.row for c in page.cards for p in c.parts if isinstance(p, Buttons))


@given(REPLIES)
def test_fit_one_is_one_page(reply: Reply) -> None:
    page = fit_one(reply, LIMITS)
    assert fit(page, LIMITS) == [page]
    assert text_of(page) <= LIMITS.message


def test_a_long_text_and_a_card_do_not_share_a_page() -> None:
    first, second = fit(Reply("x" * 100, (Card("t", (Text("y" * 90),)),)), LIMITS)
    assert (first.cards, second.text) == ((), "")


def test_what_one_page_leaves_out_is_said() -> None:
    page = fit_one(Reply(cards=tuple(Card(f"card {i}", (Text("y" * 40),)) for i in range(5))), LIMITS)
    assert [c.title for c in page.cards][:-1] == ["card 0", "card 1"][: len(page.cards) - 1]
    assert page.cards[-1].parts == (Text(f"… and {5 - len(page.cards) + 1} more."),)


def test_a_file_goes_with_the_picture_that_shows_it() -> None:
    cards = tuple(Card("chart", (Text("x" * 100), Picture(name, "a chart"))) for name in ("a.png", "b.png"))
    files = (File("a.png", b"a"), File("b.png", b"b"), File("all.csv", b"c"))
    pages = fit(Reply(cards=cards, files=files), LIMITS)
    assert [[file.name for file in page.files] for page in pages] == [["a.png", "all.csv"], ["b.png"]]
