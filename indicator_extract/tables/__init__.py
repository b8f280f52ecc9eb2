"""Tables → claims: what a cell says follows from its row's name, its column's head and its caption."""

from indicator_extract.tables.find import TableFinder
from indicator_extract.tables.read import TableReader

__all__ = ["TableFinder", "TableReader"]
