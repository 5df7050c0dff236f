"""Written rules that drafts are held against while typing, when submitted, and again when they leave."""
