"""What pages, API and commands call: pausing, closing, narrowing, resuming, telling."""
