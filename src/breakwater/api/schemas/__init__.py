"""What the API takes (`Wish`: unknown fields refused) and shows (only what is named here)."""
