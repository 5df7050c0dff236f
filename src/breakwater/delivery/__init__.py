"""The one door out. A delivery carries all it needs; nothing here looks upwards."""
