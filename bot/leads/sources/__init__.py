"""Where leads come from, one module a kind of source."""
