"""The practice harbour: a brand, its people, and a month of calendar to try everything on."""
