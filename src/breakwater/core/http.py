"""The one door to the network. (Guard to be written: see docs/security.md, egress.)"""
