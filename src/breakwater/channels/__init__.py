"""Connected accounts and what opens them: the one place that opens a connector."""
