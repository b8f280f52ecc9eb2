"""The registry of cue roles: what a cue can be, and what it may say."""

from __future__ import annotations

Values = tuple[str, ...] | None  # None: any string

BOUNDS: Values = ("exact", "approx", "at_least", "at_most")
MEASURES: Values = ("level", "growth_rate", "avg_growth_rate", "change", "share", "multiple")
STATUSES: Values = ("actual", "estimate", "target")
SIGNS: Values = ("+", "-")
COMMITMENTS: Values = ("hard", "soft")
MENTIONS: Values = ("date", "ordinal", "name", "identifier", "threshold", "other")

ROLES: dict[str, dict[str, Values]] = {
    # role: {key that `gives` may have: its allowed values, or None for any string}
    # layout
    "heading": {"level": ("1", "2", "3")},
    "sentence_end": {},
    "clause_end": {},
    "strong_end": {},
    "continues": {},
    "bracket": {"closes": None},
    "quote": {"closes": None},
    # time
    "period": {"part": None, "from": None, "offset": None, "way": None, "edge": None, "sub": None},
    # what a number says
    "bound_before": {"bound": BOUNDS},
    "bound_after": {"bound": BOUNDS},
    "growth_verb": {"sign": SIGNS},
    "growth_noun": {"sign": SIGNS},
    "growth_after": {"sign": SIGNS},
    "arrival": {},
    "measure_filler": {},
    "comparison": {"sign": SIGNS},
    "pull": {"sign": SIGNS},
    "share": {},
    "multiple": {},
    "average": {},
    "structure": {},
    "basis": {"basis": ("yoy", "mom")},
    "basis_words": {},
    "price_basis": {"price_basis": ("current", "constant")},
    "status": {"status": STATUSES, "firm": ("yes",)},
    "status_before": {"status": STATUSES},
    "status_after": {"status": STATUSES},
    "status_right": {"status": STATUSES},
    "done": {},
    "time_preposition": {},
    # what a section is about
    "section": {"status": ("actual", "target", "either")},
    "aim": {"status": STATUSES},
    "document": {"kind": ("work_report", "communique", "execution")},
    "plan_title": {},
    "until": {"reports": ("yes",)},
    "meeting": {},
    "address": {},
    "compared": {"kind": ("copula", "base", "other", "origin", "restored")},
    "plan_year": {"edge": ("first", "last")},
    "lead_setter": {},
    "plan_document": {},
    "just_past": {},
    "from": {},
    "of": {},
    "multiple_of": {},
    "title_mark": {"closes": None},
    "flow": {},
    # what a name is made of
    "name_head": {},
    "name_tail": {},
    "predicate": {},
    "examples_end": {},
    "bare_head": {},
    "joiner": {},
    "part_joiner": {},
    "part_comma": {},
    "respectively": {},
    "enumeration": {"parts": None},
    "property": {},
    "determiner": {},
    "neutral_action": {},
    "neutral_tail": {},
    "national_term": {"national": None},
    "template": {"share": None, "pull": None, "component": None, "rate": None},
    "noun_stop": {},
    "among": {},
    "rate_head": {},
    "adverb": {},
    "milestone": {},
    "generic_noun": {},
    "cut_action": {},
    "object_action": {},
    "bare_subject": {},
    "reached": {},
    "forward_head": {},
    "inner_achieve": {},
    "relative": {},
    "own_points": {},
    "measured": {},
    "scale_cue": {},
    "grade": {},
    # tables and columns
    "column": {"field": ("text", "title", "year", "area", "unit", "number", "name")},
    "table_head": {"period": ("end",), "status": ("estimate", "target")},
    "table_unit": {},
    "table_part": {},
    "table_whole": {"parts": None},
    "table_same": {},
    "table_change": {},
    "table_index": {},
    "table_note": {},
    # how binding a target is
    "commitment": {"commitment": COMMITMENTS},
    "commitment_frame": {"commitment": COMMITMENTS},
    "commitment_range": {"commitment": COMMITMENTS},
    "less_is_better": {},
    "no_target": {"measure": MEASURES},
    # numbers that are not claims
    "no_number": {},
    "mention": {"class": MENTIONS},
}

SILENT_ROLES: frozenset[str] = frozenset(ROLES) - {
    "period",
    "bound_before",
    "bound_after",
    "growth_verb",
    "growth_noun",
    "growth_after",
    "comparison",
    "pull",
    "share",
    "average",
    "structure",
    "basis",
    "basis_words",
    "status",
    "status_before",
    "status_after",
    "status_right",
    "aim",
    "own_points",
    "mention",
}
"""Cues of these roles shape a record without being named in its `rule`: they cut, strip, place or hold back."""
