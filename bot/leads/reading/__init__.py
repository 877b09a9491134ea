"""Understanding a lead: whether it is a machine-learning internship, and what the opening says about itself."""
