"""The one way to a language model, against a scripted server over a real socket: shapes, budgets, faults, silence."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from pydantic import BaseModel

from bot.community.models import Community, Member
from bot.db import Database
from bot.llm.budget import Budget, Limits, Prices, Spender
from bot.llm.client import REST, RETRIES, WRITTEN_MOST, Model, ModelSilent, Reach
from bot.llm.models import ModelUse
from tests.support.model_server import ModelServer, model_server

KEY = "sk-hidden-word"
NOW = datetime(2026, 11, 23, 20, tzinfo=UTC)
NOBODY = Spender(None, None)
WIDE = Limits(100_000, 100_000, 100_000)


class Fruit(BaseModel):
    """What the model is asked for."""

    name: str
    seeds: int


class Clock:
    """The time of a test, which goes when it is told to."""

    def __init__(self) -> None:
        self.now = NOW
        self.seconds = 0.0

    def time(self) -> datetime:
        return self.now

    def monotonic(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


def model(server: ModelServer, database: Database, clock: Clock, limits: Limits = WIDE, **reach: Any) -> Model:
    budget = Budget(database, clock.time, limits, Prices(2.0, 10.0))
    return Model(Reach(**{"name": "small", "key": KEY, "base_url": server.url} | reach), budget, clock.monotonic)


async def ask(asked: Model, spender: Spender = NOBODY) -> Fruit:
    try:
        return await asked.ask(Fruit, "Name a fruit.", "any", spender)
    finally:
        await asked.close()


async def used(database: Database) -> list[tuple[int, int]]:
    return [(row.tokens, row.cost) for row in await database.read(lambda c: c.execute(sa.select(ModelUse)).all())]


async def test_an_answer_has_its_shape_and_its_cost_is_noted(database: Database, clock: Clock) -> None:
    async with model_server({"name": "plum", "seeds": 1}) as server:
        assert await ask(model(server, database, clock)) == Fruit(name="plum", seeds=1)
    [asked] = server.asked
    assert asked["model"] == "small"
    assert asked["response_format"]["json_schema"]["strict"] is True
    assert [message["role"] for message in asked["messages"]] == ["system", "user"]
    assert server.headers[0]["Authorization"] == f"Bearer {KEY}"
    assert await used(database) == [(790, 700 * 2 + 90 * 10)]
    spent = await Budget(database, clock.time, WIDE, Prices(0, 0)).spent()
    assert (spent.calls, spent.tokens, spent.dollars) == (1, 790, 0.0023)


async def test_what_a_server_does_not_take_is_left_out_from_then_on(database: Database, clock: Clock) -> None:
    async with model_server({"name": "plum", "seeds": 1}) as server:
        server.refuses = ("temperature", "max_completion_tokens")
        asked = model(server, database, clock)
        for _ in range(2):
            assert (await asked.ask(Fruit, "Name a fruit.", "any", NOBODY)).seeds == 1
        await asked.close()
    known = [{"max_completion_tokens", "max_tokens", "temperature"} & body.keys() for body in server.asked]
    assert known == [
        {"max_completion_tokens", "temperature"},
        {"max_completion_tokens"},
        {"max_tokens"},
        {"max_tokens"},
    ]


async def test_a_request_that_is_refused_is_no_reason_to_leave_the_model_alone(
    database: Database, clock: Clock
) -> None:
    async with model_server(400, {"name": "plum", "seeds": 1}) as server:
        asked = model(server, database, clock)
        with pytest.raises(ModelSilent, match="refused the request"):
            await asked.ask(Fruit, "Name a fruit.", "any", NOBODY)
        assert (await asked.ask(Fruit, "Name a fruit.", "any", NOBODY)).seeds == 1
        await asked.close()


async def test_a_server_of_ones_own_needs_no_key_and_without_either_there_is_no_model(
    database: Database, clock: Clock
) -> None:
    async with model_server({"name": "plum", "seeds": 1}) as server:
        assert (await ask(model(server, database, clock, key=""))).seeds == 1
        with pytest.raises(ModelSilent, match="no model is set up"):
            await ask(model(server, database, clock, name=""))
        assert not model(server, database, clock, key="", base_url="").wanted
    assert len(server.asked) == 1


async def test_a_fault_of_the_server_is_tried_again(database: Database, clock: Clock) -> None:
    async with model_server(503, 429, {"name": "fig", "seeds": 900}) as server:
        assert (await ask(model(server, database, clock))).name == "fig"
    assert len(server.asked) == 1 + RETRIES
    assert await used(database) == [(790, 2300)]


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (401, "the model's server answered 401"),
        (500, "the model's server answered 500"),
        ("I'd rather not.", "had not the shape"),
        ({"name": "fig"}, "had not the shape"),
    ],
)
async def test_what_cannot_be_used_is_said_in_words_and_shows_no_secret(
    reply: Any, says: str, database: Database, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with model_server(reply) as server:
        with pytest.raises(ModelSilent, match=says) as silent:
            await ask(model(server, database, clock))
    assert KEY not in str(silent.value)
    assert KEY not in caplog.text
    assert KEY not in repr(Reach("small", KEY))
    [(tokens, _)] = await used(database)
    assert tokens < WRITTEN_MOST


async def test_a_model_that_failed_is_left_alone_for_a_while(database: Database, clock: Clock) -> None:
    async with model_server(403, {"name": "plum", "seeds": 1}) as server:
        asked = model(server, database, clock)
        with pytest.raises(ModelSilent, match="403"):
            await asked.ask(Fruit, "Name a fruit.", "any", NOBODY)
        with pytest.raises(ModelSilent, match="a moment ago"):
            await asked.ask(Fruit, "Name a fruit.", "any", NOBODY)
        clock.seconds = REST
        assert (await ask(asked)).name == "plum"
    assert len(server.asked) == 2


async def test_silence_ends_and_a_closed_door_is_told(database: Database, clock: Clock) -> None:
    async with model_server({"name": "plum", "seeds": 1}) as server:
        server.silent = asyncio.Event()
        with pytest.raises(ModelSilent, match="did not answer in time"):
            await ask(model(server, database, clock, seconds=0.05))
    with pytest.raises(ModelSilent, match="could not be reached"):
        await ask(model(server, database, clock, seconds=2.0))


async def _people(database: Database) -> list[Spender]:
    def work(connection: sa.Connection) -> list[Spender]:
        spenders = []
        for name in ("one", "other"):
            values = {"name": name, "created_at": NOW}
            community = connection.execute(sa.insert(Community).values(values).returning(Community.id)).scalar_one()
            for _ in range(2):
                member = {"community_id": community, "name": "Ada", "created_at": NOW}
                row = connection.execute(sa.insert(Member).values(member).returning(Member.id)).scalar_one()
                spenders.append(Spender(community, row))
        return spenders

    return await database.run(work)


async def test_budgets_of_member_community_and_day(database: Database, clock: Clock) -> None:
    ada, bob, eve, _ = await _people(database)
    budget = Budget(database, clock.time, Limits(100, 150, 200), Prices(0, 0))

    async def over(spender: Spender, tokens: int) -> str:
        found = await budget.reserve(spender, tokens)
        return found if isinstance(found, str) else ""

    assert await over(ada, 90) == ""
    assert await over(ada, 20) == "your budget of the model for today is used up"
    assert await over(bob, 70) == "the community's budget of the model for today is used up"
    assert await over(eve, 100) == ""
    assert await over(NOBODY, 20) == "the bot's budget of the model for today is used up"
    clock.now += timedelta(days=1)
    assert await over(ada, 20) == ""
    await budget.forget(days=0)
    assert len(await used(database)) == 1


async def test_calls_at_once_do_not_pass_a_limit(database: Database, clock: Clock) -> None:
    budget = Budget(database, clock.time, Limits(0, 0, 100), Prices(0, 0))
    found = await asyncio.gather(*(budget.reserve(NOBODY, 30) for _ in range(8)))
    assert sum(not isinstance(each, str) for each in found) == 3


async def test_over_budget_nothing_is_sent(database: Database, clock: Clock) -> None:
    async with model_server({"name": "plum", "seeds": 1}) as server:
        with pytest.raises(ModelSilent, match="budget"):
            await ask(model(server, database, clock, Limits(0, 0, 0)))
    assert server.asked == []
