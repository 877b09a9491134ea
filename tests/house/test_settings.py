"""Settings: a wrong one is refused with its name, what was wrong and an example; a secret is never shown."""

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, env_example, load_settings, settings_page, unknown_settings

SECRET = "xoxp-very-secret-value"


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"RUNG_{name.upper()}", raising=False)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("RUNG_DATABASE_URL", "mysql://x", "must begin with sqlite:/// or postgresql://"),
        ("RUNG_WEB_PORT", "http", "integer"),
        ("RUNG_WEB_PORT", "70000", "65535"),
        ("RUNG_LOG_LEVEL", "loud", "'debug'"),
        ("RUNG_DISCORD_API_URL", "discord.example", "must begin with https://"),
        ("RUNG_SLACK_BOT_TOKEN", SECRET, "must begin with xoxb-"),
        ("RUNG_SLACK_APP_TOKEN", SECRET, "must begin with xapp-"),
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
    ("given", "says"),
    [
        ({"RUNG_SLACK_BOT_TOKEN": "xoxb-1"}, "RUNG_SLACK_APP_TOKEN or RUNG_SLACK_SIGNING_SECRET"),
        ({"RUNG_SLACK_SIGNING_SECRET": "abc"}, "need RUNG_SLACK_BOT_TOKEN"),
    ],
)
def test_settings_that_need_each_other(monkeypatch: pytest.MonkeyPatch, given: dict[str, str], says: str) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=says):
        load_settings(None)


def test_secrets_are_known_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUNG_DISCORD_TOKEN", "tell-nobody")
    monkeypatch.setenv("RUNG_DATABASE_URL", "postgresql://rung:pass-word@db/rung")
    settings = load_settings(None)
    assert settings.secrets() == ["tell-nobody", "pass-word"]
    assert "tell-nobody" not in repr(settings)


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
    file.write_text("RUNG_DISCORD_TOKE=x\nOTHER=1\n", encoding="utf-8")
    monkeypatch.setenv("RUNG_NONSENSE_ALTOGETHER", "1")
    assert unknown_settings(file) == [
        "RUNG_DISCORD_TOKE is no setting of Rung; did you mean RUNG_DISCORD_TOKEN?",
        "RUNG_NONSENSE_ALTOGETHER is no setting of Rung",
    ]


def test_the_example_and_the_page_name_every_setting() -> None:
    for name in Settings.model_fields:
        assert f"#RUNG_{name.upper()}=" in env_example()
        assert f"`RUNG_{name.upper()}`" in settings_page()
