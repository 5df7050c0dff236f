"""The guard of the one door out: which addresses may be called, and a transport that obeys."""
