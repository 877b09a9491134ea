"""A member's pipeline: what they saved and where they applied."""
