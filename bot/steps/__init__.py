"""The six steps: the ledger of evidence, and all that is derived from it."""
