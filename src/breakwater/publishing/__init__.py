"""Posts: written, approved, planned. What leaves is a delivery, one layer down."""
