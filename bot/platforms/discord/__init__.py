"""Discord, through discord.py: translators in (`inbound`) and out (`render`, `forms`, `commands`), and a connection."""
