"""`python -m breakwater`."""

from breakwater.config.cli import main

main()
