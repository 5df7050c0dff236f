"""Figures by hour and by day, without persons, kept from the day a channel is connected."""
