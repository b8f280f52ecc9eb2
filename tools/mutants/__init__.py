"""Mutation testing of the modules that read numbers: see `__main__.py`."""
