"""`python -m indicator_extract` is the `indicator-extract` command."""

from indicator_extract.cli import main

main()
