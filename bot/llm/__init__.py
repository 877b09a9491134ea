"""The one way to a language model: schemas, budgets, and a plain word when there is none."""
