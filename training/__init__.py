"""What makes the scorer's data and weights. Not part of the product: no wheel holds it."""
