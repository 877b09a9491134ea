"""Communities, workspaces, members and their identities, and what each place is for."""
