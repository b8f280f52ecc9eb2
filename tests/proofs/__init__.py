"""Proofs that take longer than a test: each module is a command whose figures are in `docs/reliability.md`.

The tests run each of them small.
"""
