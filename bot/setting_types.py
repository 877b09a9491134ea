"""What the values of settings look like, and how a wrong one is told: never with the value, which may be a secret."""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, SecretStr

_PORT_BESIDE = re.compile(r"[^:]*:\d+")
_DISCORD_TOKEN = re.compile(r"[\w-]{18,}\.[\w-]{6,}\.[\w-]{25,}")


def is_discord_token(token: str) -> bool:
    """Whether this looks like a bot's token of Discord: the bot's number, the time and a signature, each in base64."""
    return _DISCORD_TOKEN.fullmatch(token) is not None


def _database_url(value: str) -> str:
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        kind = make_url(value).get_backend_name()
    except ArgumentError:
        kind = ""
    except ValueError:
        raise ValueError("must have a number as its port") from None
    if kind not in {"sqlite", "postgresql", "postgres"}:
        raise ValueError("must begin with sqlite:/// or postgresql://")
    return value


def _host(value: str) -> str:
    if not value.isprintable() or "/" in value or " " in value or _PORT_BESIDE.fullmatch(value):
        raise ValueError("must be an address alone, without http:// and without a port")
    return value


def parts_of(value: str) -> list[str]:
    """Return what stands between the commas of a setting, without what is empty."""
    return [part for each in value.split(",") if (part := each.strip())]


def _hosts(value: str) -> str:
    if any(re.fullmatch(r"[\w.-]+", host) is None for host in parts_of(value)):
        raise ValueError("must be names with commas between, without http:// and without ports")
    return value.lower()


def _sources(value: str) -> str:
    from yarl import URL

    for source in parts_of(value):
        if "://" not in source:
            continue  # a file, which may come later
        try:
            url = URL(source)
        except ValueError:
            url = URL()
        if url.scheme not in {"http", "https"} or not url.host:
            raise ValueError("must be files, or addresses that begin with https://, with commas between")
    return value


def _web_address(value: str) -> str:
    if value and not value.startswith(("https://", "http://")):
        raise ValueError("must begin with https:// or http://")
    return value


def _socket_address(value: str) -> str:
    if value and not value.startswith(("wss://", "ws://")):
        raise ValueError("must begin with wss://")
    return value


def _contact(value: str) -> str:
    # It becomes part of a header, so that nothing but a line will do.
    if value and not (value.isprintable() and (value.startswith(("https://", "http://")) or "@" in value)):
        raise ValueError("must be a web address that begins with https://, or a mail address")
    return value


def _lower(value: Any) -> Any:
    return value.strip().lower() if isinstance(value, str) else value


def _strip(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _begins_with(start: str) -> AfterValidator:
    def check(value: SecretStr) -> SecretStr:
        token = value.get_secret_value()
        if token and not (token.startswith(start) and len(token) > len(start)):
            raise ValueError(f"must begin with {start} and go on")
        return value

    return AfterValidator(check)


DatabaseUrl = Annotated[str, AfterValidator(_database_url)]
Host = Annotated[str, AfterValidator(_host)]
Hosts = Annotated[str, AfterValidator(_hosts)]
Sources = Annotated[str, AfterValidator(_sources)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
SocketAddress = Annotated[str, AfterValidator(_socket_address)]
Contact = Annotated[str, AfterValidator(_contact)]
InAnyCase = BeforeValidator(_lower)
Secret = Annotated[SecretStr, BeforeValidator(_strip)]
SlackBotToken = Annotated[Secret, _begins_with("xoxb-")]
SlackAppToken = Annotated[Secret, _begins_with("xapp-")]
