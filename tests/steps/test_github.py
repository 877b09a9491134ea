"""Looking at projects: what is lacking is said, what can't be told now is nobody's fault."""

import pytest

from bot.chat import BadInput
from bot.http import Http
from bot.steps.github import NAMELESS, GitHub, login_of, repository, same_link
from tests.support.github import local_github

MINE = "https://github.com/ada/wine"


@pytest.mark.parametrize(
    ("url", "found"),
    [
        (MINE, ("ada", "wine")),
        ("https://www.github.com/ada/wine.git", ("ada", "wine")),
        ("https://github.com/ada/wine/tree/main/src", ("ada", "wine")),
        ("https://github.com/ada", None),
        ("https://gitlab.com/ada/wine", None),
        ("https://github.com/ada/..", None),
        ("https://github.com/a da/wine", None),
        ("https://[", None),
        ("nonsense", None),
    ],
)
def test_addresses_of_repositories(url: str, found: tuple[str, str] | None) -> None:
    assert repository(url) == found


async def test_a_look_says_what_is_lacking() -> None:
    async with local_github() as there, Http(spacing=0) as http:
        github = GitHub(http, there.url + "/", "a-token")
        assert "no such public repository" in (await github.look(MINE, "ada")).words
        there.repositories["ada/wine"] = (frozenset(), False)
        assert "no commits by ada" in (await github.look(MINE, "ada")).words
        there.repositories["ada/wine"] = (frozenset({"ada-l"}), False)
        assert "no commits by ada" in (await github.look(MINE, "ada")).words, "to own it is not enough"
        assert "no README" in (await github.look(MINE, "ada-l")).words
        there.repositories["ada/wine"] = (frozenset({"ada-l"}), True)
        assert (await github.look(MINE, "ada-l")).state == "seen"
        assert "no address" in (await github.look("https://example.org/x", "ada")).words
        assert there.tokens == {"Bearer a-token"}
        assert (await github.look(MINE, "x&per_page=100")).state == "lacking"
        assert there.asked[-1].endswith("author=x%26per_page%3D100")


async def test_without_a_name_nobodys_commits_are_the_members() -> None:
    async with local_github() as there, Http(spacing=0) as http:
        github = GitHub(http, there.url)
        there.repositories["torvalds/linux"] = (frozenset({"torvalds"}), True)
        look = await github.look("https://github.com/torvalds/linux", "")
        assert (look.state, look.words) == ("lacking", NAMELESS)
        assert not [path for path in there.asked if "/commits" in path]


async def test_what_can_not_be_told_now_is_unknown() -> None:
    async with local_github() as there, Http(spacing=0) as http:
        github = GitHub(http, there.url)
        there.repositories["ada/wine"] = (frozenset({"ada"}), True)
        there.limited = True
        assert (await github.look(MINE, "ada")).state == "unknown"
        there.limited, there.down = False, True
        assert (await github.look(MINE, "ada")).state == "unknown"
    async with Http(spacing=0) as http:
        assert (await GitHub(http, "http://127.0.0.1:9").look(MINE, "ada")).state == "unknown"


@pytest.mark.parametrize("typed", ["ada-l", " @ada-l ", "https://github.com/ada-l/", "github.com/ada-l"])
def test_a_name_is_taken_as_it_is_pasted(typed: str) -> None:
    assert login_of(typed) == "ada-l"
    assert login_of(" ") == ""


@pytest.mark.parametrize("typed", ["ada@example.org", "a--b", "-a", "a" * 40, "ada l", "https://github.com/?x"])
def test_what_can_be_no_name_is_refused(typed: str) -> None:
    with pytest.raises(BadInput):
        login_of(typed)


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        ("https://www.github.com/Ada/Wine.git", True),
        (MINE + "/", True),
        ("https://github.com/ada/tea", False),
        (MINE + "/tree/main/second", False),
        ("https://example.org/ada/wine", False),
    ],
)
def test_links_that_mean_the_same(other: str, is_same: bool) -> None:
    assert same_link(MINE, other) is same_link(other, MINE) is is_same
