"""Settings: a wrong one is refused with its name, what was wrong and an example; a secret is never shown."""

import errno
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.pages import ROOT
from bot.setting_pages import env_example, settings_page
from bot.settings import Settings, SettingsError, load_settings, name_of, unknown_settings

SECRET = "xoxp-very-secret-value"
DISCORD_TOKEN = "MTE4OTk5OTk5OTk5OTk5OTk5.GaBcDe.abcdefghijklmnopqrstuvwxyz0123456"

REFUSED = [
    "database_url",
    "web_port",
    "discord_token",
    "discord_api_url",
    "slack_bot_token",
    "slack_app_token",
    "metrics",
]


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"RUNG_{name.upper()}", raising=False)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("RUNG_DATABASE_URL", "mysql://x", "must begin with sqlite:/// or postgresql://"),
        ("RUNG_DATABASE_URL", "sqlite:rung.sqlite", "must begin with sqlite:/// or postgresql://"),
        ("RUNG_DATABASE_URL", f"postgresql://rung:{SECRET}@db:port/rung", "a number as its port"),
        ("RUNG_WEB_HOST", "http://0.0.0.0", "without http://"),
        ("RUNG_WEB_HOST", "0.0.0.0:8080", "without a port"),
        ("RUNG_WEB_PORT", "http", "integer"),
        ("RUNG_WEB_PORT", "70000", "65535"),
        ("RUNG_LOG_LEVEL", "loud", "'debug'"),
        ("RUNG_DISCORD_API_URL", "discord.example", "must begin with https:// or http://"),
        ("RUNG_DISCORD_GATEWAY_URL", "https://discord.example", "must begin with wss://"),
        ("RUNG_DISCORD_TOKEN", f"Bot {SECRET}", "three parts with dots between"),
        ("RUNG_SLACK_BOT_TOKEN", SECRET, "must begin with xoxb-"),
        ("RUNG_SLACK_BOT_TOKEN", "xoxb-", "and go on"),
        ("RUNG_SLACK_APP_TOKEN", SECRET, "must begin with xapp-"),
        ("RUNG_CONTACT", "a@b.example\nX-More: yes", "mail address"),
        ("RUNG_CONTACT", "me", "mail address"),
        ("RUNG_PULL_MINUTES", "-1", "greater than or equal to 0"),
    ],
)
def test_a_wrong_setting_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as error:
        load_settings(None)
    text = str(error.value)
    assert name in text
    assert says in text
    assert f"Example: {name}=" in text
    assert SECRET not in text
    assert error.value.__cause__ is None


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        ({"RUNG_SLACK_BOT_TOKEN": "xoxb-1"}, "RUNG_SLACK_APP_TOKEN: must be set beside RUNG_SLACK_BOT_TOKEN"),
        ({"RUNG_SLACK_SIGNING_SECRET": "abc"}, "RUNG_SLACK_BOT_TOKEN: must be set beside the app token or the signing"),
    ],
)
def test_settings_that_need_each_other(monkeypatch: pytest.MonkeyPatch, chosen: dict[str, str], says: str) -> None:
    for name, value in chosen.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=says):
        load_settings(None)


def test_everything_that_is_wrong_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUNG_SLACK_APP_TOKEN", "xapp-1")
    monkeypatch.setenv("RUNG_DISCORD_TOKEN", "nonsense")
    with pytest.raises(SettingsError) as error:
        load_settings(None)
    assert [line.partition(":")[0] for line in error.value.problems] == ["RUNG_DISCORD_TOKEN", "RUNG_SLACK_BOT_TOKEN"]


def test_what_people_write_around_a_value_does_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUNG_LOG_LEVEL", "DEBUG ")
    monkeypatch.setenv("RUNG_DISCORD_TOKEN", f" {DISCORD_TOKEN} ")
    monkeypatch.setenv("RUNG_WEB_PORT", "")
    monkeypatch.setenv("RUNG_WEB_HOST", "::1")
    monkeypatch.setenv("RUNG_CONTACT", " https://club.example.org ")
    settings = load_settings(None)
    assert settings.log_level == "debug"
    assert settings.discord_token.get_secret_value() == DISCORD_TOKEN
    assert (settings.web_port, settings.web_host, settings.contact) == (8080, "::1", "https://club.example.org")


def test_the_file_is_read_and_the_environment_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("RUNG_WEB_PORT=1\nexport RUNG_WEB_HOST=0.0.0.0\nRUNG_PULL_MINUTES=\n", encoding="utf-8")
    monkeypatch.setenv("RUNG_WEB_PORT", "2")
    settings = load_settings(file)
    assert (settings.web_port, settings.web_host, settings.pull_minutes) == (2, "0.0.0.0", 60)  # noqa: S104 - read only


def test_a_file_that_can_not_be_read_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes("RUNG_CONTACT=https://café.example".encode("latin-1"))
    assert unknown_settings(file) == []
    with pytest.raises(SettingsError, match=r"\.env: is not written in UTF-8, at byte 25"):
        load_settings(file)
    monkeypatch.setattr(Path, "open", _refuse)
    monkeypatch.setattr("builtins.open", _refuse)
    with pytest.raises(SettingsError, match=r"\.env: can't be read \(Permission denied\)"):
        load_settings(file)


def _refuse(*_args: object, **_more: object) -> object:
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        load_settings(None).web_port = 1  # type: ignore[misc]  # what the types forbid must fail at run time too


@given(st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=126), min_size=12), st.sampled_from(REFUSED))
def test_a_refused_value_is_never_shown(value: str, field: str) -> None:
    with pytest.raises(SettingsError) as error:
        load_settings(None, **{field: f"?{value}"})
    assert value not in str(error.value)


def test_secrets_are_known_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUNG_DISCORD_TOKEN", "tell-nobody")
    monkeypatch.setenv("RUNG_DISCORD_API_URL", "https://discord.example.org/api")  # whose tokens may look like anything
    monkeypatch.setenv("RUNG_DATABASE_URL", "postgresql://rung:pass-word@db/rung")
    settings = load_settings(None)
    assert settings.secrets() == ["tell-nobody", "pass-word"]
    assert "tell-nobody" not in repr(settings)
    assert "pass-word" not in repr(settings)


@pytest.mark.parametrize(
    ("url", "secrets"),
    [
        ("postgresql://rung:p%40ss%2Fword@db/rung", ["p%40ss%2Fword", "p@ss/word"]),
        ("postgresql://rung@db/rung?password=pass-word&sslmode=require", ["pass-word"]),
        ("postgresql://rung:a@b@db/rung", ["a@b"]),
        ("postgresql://rung:a[b/c@db/rung", ["a[b/c"]),
        ("postgresql://rung@db/rung", []),
        ("sqlite:///C:/data/rung.sqlite", []),
    ],
)
def test_the_password_of_the_database_is_a_secret_however_it_is_written(url: str, secrets: list[str]) -> None:
    assert load_settings(None, database_url=url).secrets() == secrets


def test_a_name_that_is_none_of_ours_is_told_with_the_nearest(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(
        "RUNG_DISCORD_TOKE=x\n export rung_log_levle = 1\nOTHER=1\n#RUNG_GONE=1\nRUNG_WEB_PORT=1\n", encoding="utf-8"
    )
    monkeypatch.setenv("RUNG_NONSENSE_ALTOGETHER", "1")
    assert unknown_settings(file) == [
        "RUNG_DISCORD_TOKE is no setting of Rung; did you mean RUNG_DISCORD_TOKEN?",
        "RUNG_LOG_LEVLE is no setting of Rung; did you mean RUNG_LOG_LEVEL?",
        "RUNG_NONSENSE_ALTOGETHER is no setting of Rung",
    ]


def test_the_example_and_the_page_name_every_setting() -> None:
    for name, field in Settings.model_fields.items():
        assert f"#{name_of(name)}=" in env_example()
        assert f"`{name_of(name)}`" in settings_page()
        assert field.description
        assert field.examples


def test_the_example_and_the_page_are_as_generated() -> None:
    assert (ROOT / ".env.example").read_text(encoding="utf-8") == env_example()
    assert (ROOT / "docs" / "settings.md").read_text(encoding="utf-8") == settings_page()


def test_the_example_can_be_used_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(re.sub("^#RUNG", "RUNG", env_example(), flags=re.MULTILINE), encoding="utf-8")
    assert load_settings(file) == load_settings(None)
    assert unknown_settings(file) == []


@pytest.mark.parametrize("field", Settings.model_fields)
def test_every_setting_is_heeded(field: str) -> None:
    code = [p.read_text(encoding="utf-8") for p in (ROOT / "bot").rglob("*.py") if p.name != "settings.py"]
    assert any(re.search(rf"(settings|chosen)\.{field}\b", text) for text in code)
