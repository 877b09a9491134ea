"""The local web chat: one page, one WebSocket a tab, cards rendered on the server."""
