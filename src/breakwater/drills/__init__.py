"""A scripted crisis on the practice harbour, in a workspace of its own."""
