"""A member's own: profile, linked accounts, everything that is kept of them."""
