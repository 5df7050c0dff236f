"""One folder per network. No Django, no storage, no clock: bytes in, facts out."""
