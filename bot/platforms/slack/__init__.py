"""Slack: Block Kit out, slash commands, clicks, modals and events in, over Socket Mode and signed HTTP."""
