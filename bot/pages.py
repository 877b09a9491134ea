"""Pages that are generated from what they speak of, so that they are true: commands, settings, `.env.example`."""

from datetime import UTC, datetime
from pathlib import Path

from bot.chat.registry import Registry
from bot.setting_pages import env_example, settings_page
from bot.settings import load_settings

ROOT = Path(__file__).resolve().parent.parent


def generated_pages() -> dict[Path, str]:
    """Return every generated page by its path."""
    return {
        ROOT / ".env.example": env_example(),
        ROOT / "docs" / "settings.md": settings_page(),
        ROOT / "docs" / "commands.md": commands_page(registry()),
    }


def registry() -> Registry:
    """Return the registry of all cogs, without anything that is opened or started."""
    from bot.app import build
    from bot.work.memory_engine import MemoryEngine

    settings = load_settings(None, database_url="sqlite://", web_enabled=False)
    return build(settings, MemoryEngine(datetime.now(UTC))).router.registry


def commands_page(registry: Registry) -> str:
    """Return `docs/commands.md`."""
    lines = ["# Commands", "", "The same on Discord, on Slack, in the web chat and in the terminal.", ""]
    lines += ["On Slack a word that Slack keeps for itself stands behind `/rung`: `/rung help`.", ""]
    for name, commands in registry.groups().items():
        lines += [f"## /{name}", ""]
        for command in commands:
            marks = " *(organisers)*" if command.organisers else ""
            lines += [f"### `{command.text}`{marks}", "", command.summary, ""]
            if command.options:
                lines += ["| option | what | needed |", "|---|---|---|"]
                for option in command.options:
                    choices = f" ({', '.join(c.value for c in option.choices)})" if option.choices else ""
                    lines.append(f"| `{option.name}` | {option.help}{choices} | {'yes' if option.required else 'no'} |")
                lines.append("")
    return "\n".join(lines).rstrip() + "\n"
