"""Typed settings from the environment and `.env`; a wrong one is refused by name, with what was wrong."""

import difflib
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import parse_qs, unquote

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic.fields import FieldInfo
from pydantic_settings import SettingsConfigDict

from bot.setting_home import HOME, at_home, home
from bot.setting_models import ModelSettings
from bot.setting_types import (
    Contact,
    DatabaseUrl,
    Host,
    Hosts,
    InAnyCase,
    Secret,
    SlackAppToken,
    SlackBotToken,
    SocketAddress,
    Sources,
    WebAddress,
    is_discord_token,
)

PREFIX = "RUNG_"
_NAMED = re.compile(rf"^\s*(?:export\s+)?({PREFIX}\w+)\s*=", re.MULTILINE | re.IGNORECASE)


class SettingsError(Exception):
    """Some settings can't be used; `problems` has a line for each, none with a secret in it."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Settings(ModelSettings):
    """All settings. Each description is what `.env.example` and `docs/settings.md` say of it."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file_encoding="utf-8",
        env_ignore_empty=True,  # a line of .env.example without a value means its default
        str_strip_whitespace=True,
        extra="ignore",
        frozen=True,
        validate_by_name=True,  # settings with a name of their own are given by field too
    )

    database_url: DatabaseUrl = Field(
        "sqlite:///data/rung.sqlite",
        description="Where everything is kept: SQLite for one process, PostgreSQL for several.",
        examples=["postgresql://rung:secret@localhost/rung"],
        repr=False,  # a password may be in it
    )
    web_enabled: bool = Field(True, description="Whether the local web chat is served.", examples=["false"])
    web_host: Host = Field(
        "127.0.0.1",
        description="The address of the web chat. On any other than a loopback address web members are no organisers.",
        examples=["0.0.0.0"],  # noqa: S104 - an example
    )
    web_port: int = Field(8080, ge=0, le=65535, description="The port of the web chat.", examples=["8080"])
    web_hosts: Hosts = Field(
        "",
        description="Names by which the web chat may be opened besides addresses and localhost; commas between.",
        examples=["rung.example.org"],
    )
    web_organisers: str = Field(
        "",
        description="Names in the web chat who are organisers where it is open to other machines; commas between.",
        examples=["Ada Lovelace, Grace"],
    )
    discord_token: Secret = Field(
        SecretStr(""),
        description="The bot token from Discord's developer portal. Empty: Discord is not served.",
        examples=["MTE4…"],
    )
    discord_api_url: WebAddress = Field(
        "",
        description="The REST base of a Discord-compatible server.",
        examples=["https://discord.example.org/api/v10"],
    )
    discord_gateway_url: SocketAddress = Field(
        "", description="The gateway of a Discord-compatible server.", examples=["wss://gateway.example.org"]
    )
    slack_bot_token: SlackBotToken = Field(
        SecretStr(""),
        description="The bot token of the Slack app. Empty: Slack is not served.",
        examples=["xoxb-12-34-abc"],
    )
    slack_app_token: SlackAppToken = Field(
        SecretStr(""),
        description="The app-level token: Slack by Socket Mode, no public address needed.",
        examples=["xapp-1-A-1-b"],
    )
    slack_signing_secret: Secret = Field(
        SecretStr(""),
        description="The signing secret: Slack by HTTP, at /slack/events of the web address.",
        examples=["8f74…"],
    )
    slack_api_url: WebAddress = Field(
        "", description="The base of Slack's Web API.", examples=["https://slack.com/api/"]
    )
    slack_posts_per_second: float = Field(
        10.0,
        gt=0,
        le=100,
        description="Messages a second that are posted in a Slack workspace; fewer where Slack says it is too many.",
        examples=["5"],
    )
    log_level: Annotated[Literal["debug", "info", "warning", "error"], InAnyCase] = Field(
        "info", description="How much is logged.", examples=["debug"]
    )
    log_format: Annotated[Literal["auto", "text", "json"], InAnyCase] = Field(
        "auto", description="text for people, json for machines, auto by whether it is a terminal.", examples=["json"]
    )
    contact: Contact = Field(
        "",
        description="A web or mail address that sources see in our User-Agent.",
        examples=["https://club.example.org"],
    )
    github_api_url: WebAddress = Field(
        "https://api.github.com",
        description="The base of GitHub's REST API, where the projects that members log are looked at.",
        examples=["https://github.example.org/api/v3"],
    )
    github_token: SecretStr = Field(
        SecretStr(""),
        description="A token for GitHub without any rights: 5,000 looks an hour instead of 60.",
        examples=["github_pat_…"],
    )
    pull_minutes: int = Field(
        60, ge=0, le=1440, description="Minutes between two looks at each source; 0: only by hand.", examples=["60"]
    )
    sources: Sources = Field(
        "",
        description="More lists of internships besides the built-in ones: addresses or files; commas between.",
        examples=["https://example.org/listings.json, data/ours.json"],
    )
    retention_days: int = Field(
        90,
        ge=7,
        le=3650,
        description="Days for which finished deliveries, jobs and private answers in the web chat are kept.",
        examples=["90"],
    )
    metrics: bool = Field(True, description="Whether /metrics is served (Prometheus).", examples=["false"])

    @model_validator(mode="after")
    def _together(self) -> Self:
        bot, app = self.slack_bot_token.get_secret_value(), self.slack_app_token.get_secret_value()
        signed, discord = self.slack_signing_secret.get_secret_value(), self.discord_token.get_secret_value()
        problems = []
        # Discord-compatible servers may have tokens of another kind.
        if discord and not self.discord_api_url and not is_discord_token(discord):
            problems.append(_line("discord_token", "must be the token of the page Bot: three parts with dots between"))
        if bot and not (app or signed):
            problems.append(_line("slack_app_token", "must be set beside RUNG_SLACK_BOT_TOKEN, or a signing secret"))
        if (app or signed) and not bot:
            problems.append(_line("slack_bot_token", "must be set beside the app token or the signing secret"))
        if problems:
            raise ValueError("\n".join(problems))
        return self

    def secrets(self) -> list[str]:
        """Return the values that must never be shown, and the database's password among them."""
        values = [v.get_secret_value() for v in self.__dict__.values() if isinstance(v, SecretStr)]
        return [v for v in (*values, *_passwords(self.database_url)) if v]


def _passwords(url: str) -> list[str]:
    """Return the password in a database's address, as it is written and as it is meant."""
    # Not by urlsplit, which stumbles over what people leave unencoded; "/" and "[" are common in made-up passwords.
    written = re.findall(r"://[^:/@]*:(.+)@", url.partition("?")[0])
    written += parse_qs(url.partition("?")[2]).get("password", [])
    return list(dict.fromkeys(form for password in written for form in (password, unquote(password))))


def load_settings(env_file: Path | str | None = ".env", **given: Any) -> Settings:
    """Read the settings; a relative `env_file`, and a database in a relative file, are those of `home`.

    Raises SettingsError that names each wrong one, what was wrong and an example.
    """
    env_file = home() / env_file if env_file else None
    try:
        read = Settings(_env_file=env_file, **given)
        return read.model_copy(update={"database_url": at_home(read.database_url)})
    except ValidationError as error:
        found = error.errors(include_input=False, include_context=False)
        raise SettingsError([line for each in found for line in _problems(each)]) from None
    except UnicodeDecodeError as error:
        raise SettingsError(
            [f"{env_file}: is not written in UTF-8, at byte {error.start + 1}. Save it anew."]
        ) from None
    except OSError as error:
        raise SettingsError([f"{env_file}: can't be read ({error.strerror})."]) from None


def unknown_settings(env_file: Path | str | None = ".env") -> list[str]:
    """Return a line for each RUNG_ name that is none of ours, with the one that was probably meant."""
    known = [name_of(field) for field in Settings.model_fields]
    names = {name.upper() for name in os.environ if name.upper().startswith(PREFIX)}
    env_file = home() / env_file if env_file else None
    if env_file is not None and env_file.is_file():
        text = env_file.read_text(encoding="utf-8", errors="replace")
        names |= {name.upper() for name in _NAMED.findall(text)}
    lines = []
    for name in sorted(n for n in names - {*known, HOME} if not n.startswith(f"{PREFIX}TEST_")):
        near = difflib.get_close_matches(name, known, 1)
        lines.append(f"{name} is no setting of Rung" + (f"; did you mean {near[0]}?" if near else ""))
    return lines


def name_of(field: str) -> str:
    """Return the name under which a setting stands in the environment."""
    return str(Settings.model_fields[field].validation_alias or PREFIX + field.upper())


def _line(field: str, text: str) -> str:
    """Return a problem as an operator reads it: the name, what is wrong, an example."""
    return f"{name_of(field)}: {text}. Example: {name_of(field)}={Settings.model_fields[field].examples[0]}"  # type: ignore[index]  # a test demands one of every setting


def _problems(error: Mapping[str, Any]) -> list[str]:
    message = str(error["msg"]).removeprefix("Value error, ")
    if not error["loc"]:
        return message.splitlines()
    place = str(error["loc"][0])
    field = next((name for name, each in Settings.model_fields.items() if each.validation_alias == place), place)
    return [_line(field, f"{message[0].lower()}{message[1:]}")]


def shown_fields() -> dict[str, FieldInfo]:
    """Return the settings in the order in which they are shown: those of the model, which few set, come last."""
    fields = Settings.model_fields
    return {**{n: f for n, f in fields.items() if n not in ModelSettings.model_fields}, **ModelSettings.model_fields}
