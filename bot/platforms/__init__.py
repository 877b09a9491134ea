"""Platforms: each is a pair of pure translators, in and out, and a connection. None knows another, nor the cogs."""
