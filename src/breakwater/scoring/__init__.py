"""What incoming texts do to their readers, for one workspace: terms, model, second opinion, and
what the team says is wrong about it."""
