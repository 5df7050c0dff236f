"""The delivery algorithm as a model, and the real code driven through the same schedules."""
