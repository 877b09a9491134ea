"""The questions of the bank, one file a topic (read by `bot.interviews.bank`)."""
