"""Persons, workspaces, roles: who somebody is and what they may do where."""
