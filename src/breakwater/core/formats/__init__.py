"""How dates are written, a module a language (Django's FORMAT_MODULE_PATH). French has no module
of its own: "3 novembre 2026 14:05" is Django's, and is clear; the first of a month is in `core.dates`."""
