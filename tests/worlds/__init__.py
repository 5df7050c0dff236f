"""Every installed network, ready to be talked to by the real product: its stand-in (or its own
server) on a real socket, the administrator's keys, an account, its public and its strangers."""
