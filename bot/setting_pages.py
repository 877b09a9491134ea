"""The pages that tell operators of the settings: `.env.example` and `docs/settings.md`, generated from the fields."""

from pydantic import SecretStr

from bot.settings import name_of, shown_fields


def env_example() -> str:
    """Return `.env.example`: every setting with what it is for."""
    blocks = ["# Settings of Rung. Copy this file to .env and change what you need; every one may stay as it is.\n"]
    for name, field in shown_fields().items():
        example = f" Example: {field.examples[0]}" if field.examples else ""
        blocks.append(f"# {field.description}{example}\n#{name_of(name)}={_default(field.default)}\n")
    return "\n".join(blocks)


def _default(value: object) -> str:
    if isinstance(value, SecretStr):
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def settings_page() -> str:
    """Return `docs/settings.md`: the table of all settings."""
    lines = ["# Settings", "", "From the environment or from `.env`; a wrong one is refused at start, by name.", ""]
    lines += [
        "`RUNG_HOME`, in the environment alone, is the folder of `.env`, `data/` and relative files in settings.",
        "",
    ]
    lines += ["| setting | default | what it is for |", "|---|---|---|"]
    for name, field in shown_fields().items():
        default = f"`{_default(field.default)}`" if _default(field.default) else "none"
        lines.append(f"| `{name_of(name)}` | {default} | {field.description} |")
    return "\n".join(lines) + "\n"
