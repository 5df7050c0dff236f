"""Images that people upload: checked, cleaned, kept by content; never served as they came."""
