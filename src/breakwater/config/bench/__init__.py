"""The figures of docs/limits.md, measured with real processes in a folder of their own."""
