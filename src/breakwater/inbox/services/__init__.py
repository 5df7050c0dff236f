"""What is done with conversations; one file per story.

Each function checks that its actor may, owns its transaction and writes the audit chain.
"""
