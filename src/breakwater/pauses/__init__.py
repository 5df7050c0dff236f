"""Everything is held with one button; then each planned and current thing is reviewed, and let go."""
