"""Extractions and labels → how right the extractor is: precision, recall, and the share of right answers of each field.

    gold files ─▶ Lines ─▶ labels of a document, checked against its text ─▶ pairs of claim and record ─▶ Scored

| module | takes → gives |
| --- | --- |
| `labels` | gold file → Lines, each a ClaimLabel or MentionLabel, and what is wrong with the others |
| `documents` | names in gold files → documents; lines → labels that fit the text |
| `matching` | claims, records → which record is that of which claim |
| `names` | names → how like two are |
| `judging` | claim, record → which fields are right |
| `scoring` | labels, records → counts and differences; counts → figures |

The rules are those of `tests/gold/GUIDELINES.md`; `tests/gold/score.py` gives the same figures in its own way, and the
tests hold the two together.
"""
