"""Honest grades: by the model, by the rubric, by peers, on one scale and always named."""
