"""Records of many documents → what they say together: a panel, its conflicts, the targets and what became of them.

    record files ─▶ Records ─▶ a DuckDB base ─▶ facts ─▶ cells, conflicts, targets ─▶ csv xlsx parquet, table, plot

| module | takes → gives |
| --- | --- |
| `rows` | | the public rows: PanelCell, Conflict, Target |
| `load` | record file → Records |
| `base` | Records → a DuckDB base with the table `fact` |
| `cells` | base → cells, long or wide, and conflicts |
| `targets` | base → targets with results |
| `wording` | Record, text → hard or soft; that no target is set |
| `output` | a grid → csv, tsv, xlsx, parquet |
| `look`, `plot` | cells → a table with a sparkline, a picture |

What is grouped, ranked and compared stands in the `.sql` files.
"""
