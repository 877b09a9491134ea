"""A person is taken out of what was said, whatever they are called, and what is left is still a reply."""

from hypothesis import given
from hypothesis import strategies as st

from bot.chat import Button, Buttons, Card, Field, Fields, File, Picture, Reply, Text, act, esc, mention
from bot.chat.codec import decode, encode
from bot.chat.fallback import text_of
from bot.chat.redact import SOMEBODY, Redaction

names = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1).map(str.strip).filter(bool)
users = st.from_regex(r"[A-Z0-9]{9,11}", fullmatch=True)


@given(names, users)
def test_no_name_and_no_id_is_left(name: str, user: str) -> None:
    parts = (
        Text(f"Hello {esc(name)}, and {mention(user, name)} too."),
        Fields((Field("Who", esc(name)),)),
        Buttons((Button("Open", act("leads.open", 1)), Button("Theirs", url=f"https://example.org/{user}"))),
        Picture("recap.png", f"{name} first"),
    )
    reply = Reply(f"By {name}", (Card(f"About {name}", parts),), files=(File("recap.png", b"\0" * 9),))
    redaction = Redaction([name], [user])
    body = redaction.body(encode(reply))
    assert not redaction.holds(body) or name in SOMEBODY
    assert user not in str(body)
    left = decode(body, Reply)
    assert f"Hello {SOMEBODY}, and {SOMEBODY} too." in text_of(left) or name in "Hello, and too"
    assert left.files == ()
    assert act("leads.open", 1) in text_of(left)


@given(names)
def test_what_names_nobody_stays_as_it_is(name: str) -> None:
    body = encode(Reply("Nothing of theirs: 12345", files=(File("a.png", b"x"),)))
    redaction = Redaction([f"{name}~{name}"], [])
    assert redaction.body(body) is body


def test_a_name_inside_of_a_word_is_another_word() -> None:
    redaction = Redaction(["Al", "  "], [""])
    assert redaction.text("Al is also in Albania, Al.") == f"{SOMEBODY} is also in Albania, {SOMEBODY}."
    assert Redaction([], []).text("Nobody") == "Nobody"
    assert Redaction([], []).as_json == ()


def test_links_that_name_them_go() -> None:
    card = Card("Repo", (Text("x"),), url="https://example.org/ada")
    body = Redaction(["ada"]).body(encode(Reply(cards=(card,))))
    assert decode(body, Reply).cards[0].url == ""
