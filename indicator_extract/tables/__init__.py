"""Tables → claims: what a cell says follows from its row's name, its column's head and its caption."""
