"""Telling a person: in the product and by mail, in their language."""
