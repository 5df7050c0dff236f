"""What people say to us: conversations to deal with, behind a shield, by category and not as a feed."""
