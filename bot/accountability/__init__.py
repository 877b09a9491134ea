"""Peers: goals, check-ins, streaks, pairs and pods, recaps."""
