"""Many inputs → parts of a result, in the order of the inputs, by as many processes as wanted. Nothing stops a batch.

    Inputs ─▶ chunks of documents ─▶ Parts ─▶ in order, on their way into the journal ─▶ the output

| room | holds |
| --- | --- |
| `inputs` | which files there are |
| `part` | a chunk of documents → a Part: the records chosen, converted and packed |
| `serial` | reads and extracts in this process |
| `pool`, `worker` | the same in worker processes, which may die |
| `shelf` | what came too early, until its turn comes |
| `journal` | what is done, on disk, until the whole run is |
| `interrupt` | Ctrl-C between two parts |
"""
