"""The invented community: whole, said to be invented, and made only once."""

from bot.demo import load_demo, seed
from bot.leads.filters import Filter
from bot.platforms.web.sql_history import SqlHistory
from tests.support.stage import Stage


async def test_the_demo_fills_an_empty_database_once(stage: Stage) -> None:
    assert await seed(stage.app)
    assert not await seed(stage.app)
    await stage.settle()
    page = await stage.app.catalog.search(Filter(), community=1)
    assert page.total >= 10
    first = (await SqlHistory(stage.app.database).list("leads", "ada"))[0]
    assert "invented" in first.body.text
    assert "new leads" in stage.said("leads")[0]


def test_the_demo_is_whole() -> None:
    demo = load_demo()
    assert all(0 < number <= len(demo.leads) for numbers in demo.saves.values() for number in numbers)
    assert {line.who for line in demo.talk} <= demo.saves.keys()
