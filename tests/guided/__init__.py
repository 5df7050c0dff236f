"""A network that asks for an app of one's own, installed as a third party's package would be.

`network` is what Breakwater loads (in its own process); `server` is the network itself, on a socket
of 127.0.0.1, where BREAKWATER_NETWORK_ORIGINS sends every call.
"""
