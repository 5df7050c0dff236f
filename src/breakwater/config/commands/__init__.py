"""One file per command of `breakwater`; the table of them is in `config/cli.py`.

Each has `arguments(parser)`, which adds what it takes, and `run(options)`, which gives the exit
status. A file is imported only when its command is called.
"""
