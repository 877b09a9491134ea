"""Looking at projects: what is lacking is said, what can't be told now is nobody's fault."""

import pytest

from bot.http import Http
from bot.steps.github import GitHub, repository
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
        assert (await github.look(MINE)).state == "lacking"
        there.repositories["ada/wine"] = (frozenset(), False)
        assert "no commits by ada" in (await github.look(MINE)).words
        there.repositories["ada/wine"] = (frozenset({"ada-l"}), False)
        assert "no commits by ada" in (await github.look(MINE)).words
        assert "no README" in (await github.look(MINE, "ada-l")).words
        there.repositories["ada/wine"] = (frozenset({"ada-l"}), True)
        assert (await github.look(MINE, "ada-l")).state == "seen"
        assert "no address" in (await github.look("https://example.org/x")).words
        assert there.tokens == {"Bearer a-token"}
        assert (await github.look(MINE, "x&per_page=100")).state == "lacking"
        assert there.asked[-1].endswith("author=x%26per_page%3D100")


async def test_what_can_not_be_told_now_is_unknown() -> None:
    async with local_github() as there, Http(spacing=0) as http:
        github = GitHub(http, there.url)
        there.repositories["ada/wine"] = (frozenset({"ada"}), True)
        there.limited = True
        assert (await github.look(MINE)).state == "unknown"
        there.limited, there.down = False, True
        assert (await github.look(MINE)).state == "unknown"
    async with Http(spacing=0) as http:
        assert (await GitHub(http, "http://127.0.0.1:9").look(MINE)).state == "unknown"
