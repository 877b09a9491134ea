"""Durable work: jobs that survive a crash, schedules in people's own time, deliveries that happen once."""
