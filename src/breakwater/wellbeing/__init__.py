"""Care: how much of what strangers write each person is spared, and what they were exposed to."""
