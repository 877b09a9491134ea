"""Leads: openings, where they come from, what they mean and who hears of them."""
