"""Every error of a pattern file names the file, the id and the way out, in one line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from indicator_extract.errors import PatternError
from indicator_extract.lexicon import load_lexicon

Write = Callable[..., Path]


PLAUSIBLE = "[[plausible]]\nid = 'x.y'\nmeasures = ['level']\nunit = '%'\n"
CUE = "[[cue]]\nid = 'x.y'\nrole = 'status'\n"
ERRORS = [
    ("upside down", PLAUSIBLE + "low = '5'\nhigh = '1'\n", "x.y", "`low` must be below `high`", ""),
    ("no number", PLAUSIBLE + "low = 'NaN'\nhigh = '1'\n", "x.y", "`NaN` is not a number such as `100`", ""),
    ("no such flag", PLAUSIBLE + "low = '0'\nhigh = '1'\nflag = 'x'\n", "x.y", "`flag`: input should be ", ""),
    (
        "shares of what",
        "[[structure]]\nid = 'x.y'\nparts = ['a', 'b']\n",
        "x.y",
        "shares without a `whole` must be `complete`",
        "",
    ),
    ("not TOML", "[[cue", "", "not TOML: ", "correct the file there"),
    ("too deep", "a = " + "[" * 3000, "", "not TOML: ", "correct the file there"),
    ("no table", "cue = 1", "cue", "unknown key", "a file holds [[tables]] of entries and [macros]"),
    ("no rows", "cue = [1]", "cue", "unknown key", "a file holds"),
    ("unknown table", "[[clue]]\nid = 'x.y'\n", "clue", "unknown table", "the tables are [[character]], "),
    (
        "unknown key",
        CUE + "words = ['a']\nword = 1\n",
        "x.y",
        "unknown key `word`",
        "a cue has the keys id, examples, ",
    ),
    ("no id", "[[cue]]\nrole = 'status'\nwords = ['a']\n", "cue 1", "`id` is missing", "add it"),
    ("bad id", "[[cue]]\nid = 'X Y'\nrole = 'status'\nwords = ['a']\n", "X Y", "`id`: string should match", ""),
    ("no example", CUE + "words = ['a']\nexamples = []\n", "x.y", "it has no example", "add one to `examples`"),
    (
        "empty example",
        CUE + "words = ['a']\nexamples = [{text = 'a'}]\n",
        "x.y",
        "`examples.0`: an example needs `records`",
        "",
    ),
    (
        "unknown field",
        CUE + "words = ['a']\nexamples = [{text = 'a', records = [{worth = '1'}]}]\n",
        "x.y",
        "`examples.0.records`: a record has no field `worth`",
        "",
    ),
    (
        "float",
        CUE + "words = ['a']\nexamples = [{text = 'a', records = [{value = 1.5}]}]\n",
        "x.y",
        "`examples.0.records.0.value",
        "",
    ),
    (
        "unknown role",
        "[[cue]]\nid = 'x.y'\nrole = 'statue'\nwords = ['a']\n",
        "x.y",
        "`role`: there is no role `statue`; the roles are ",
        "",
    ),
    (
        "unknown give",
        CUE + "words = ['a']\ngives = {state = 'x'}\n",
        "x.y",
        "role `status` gives no `state`, only status",
        "",
    ),
    (
        "bad give",
        CUE + "words = ['a']\ngives = {status = 'x'}\n",
        "x.y",
        "`status` cannot be `x`, only actual, estimate, target",
        "",
    ),
    ("no words", CUE, "x.y", "a cue needs `words` or `regex`", ""),
    (
        "regex as word",
        CUE + "words = ['a']\nnot_before = ['\\d']\n",
        "x.y",
        "`not_before.0` is not a plain word",
        "put other conditions into",
    ),
    ("bad regex", CUE + "regex = '(a'\n", "x.y", "bad regular expression: ", "correct `regex`, or list"),
    ("set in set", CUE + "regex = '[[a]'\n", "x.y", "bad regular expression: ", "correct `regex`"),
    (
        "group",
        CUE + "regex = '(a)'\n",
        "x.y",
        "the regular expression has a group without name",
        "write (?:…) or (?P<name>…)",
    ),
    (
        "back",
        CUE + "regex = '(?P<n>a)(?P=n)'\n",
        "x.y",
        "the regular expression refers back to a group",
        "spell the part out again",
    ),
    (
        "empty",
        CUE + "regex = 'a*'\n",
        "x.y",
        "the regular expression matches where there is nothing",
        "demand at least one",
    ),
    ("no macro", CUE + "regex = '{none}a'\n", "x.y", "there is no macro `none`", "define it under [macros]"),
    (
        "round",
        f"[macros]\na = '{{b}}'\nb = '{{a}}'\n{CUE}regex = '{{a}}'\n",
        "x.y",
        "the macro `a` uses itself",
        "spell it out",
    ),
    (
        "grows",
        "[macros]\nm0 = 'a'\n"
        + "".join(f"m{n + 1} = '{{m{n}}}{{m{n}}}'\n" for n in range(40))
        + CUE
        + "regex = '{m40}'\n",
        "x.y",
        "longer than 20000 characters with its macros",
        "use fewer macros",
    ),
    ("bad macro", "[macros]\na = 1\n", "a", "a macro is a string", "put the regular expression in quotes"),
    ("macro again", "[macros]\none = 'a'\n", "one", "the macro is already defined", "give it another name"),
    (
        "lengths",
        "[[character]]\nid = 'x.y'\nfrom = 'ab'\nto = 'a'\n",
        "x.y",
        "`from` has 2 characters and `to` has 1",
        "",
    ),
    (
        "factor",
        "[[unit]]\nid = 'x.y'\nsymbol = 'a'\ndimension = 'd'\nfactor = '2/0'\nbase = 'b'\n",
        "x.y",
        "`factor`: `2/0` is not an exact",
        "",
    ),
    (
        "minus",
        "[[unit]]\nid = 'x.y'\nsymbol = 'a'\ndimension = 'd'\nfactor = '-2'\nbase = 'b'\n",
        "x.y",
        "`factor`: must be above zero",
        "",
    ),
    (
        "no base",
        "[[unit]]\nid = 'x.y'\nsymbol = 'a'\ndimension = 'd'\nfactor = '2'\n",
        "x.y",
        "`factor` and `base` go together",
        "",
    ),
    (
        "id twice",
        (CUE + "words = ['a']\n") * 2,
        "x.y",
        "the id is already in ",
        "give each entry an id of its own",
    ),
    (
        "built in",
        "[[cue]]\nid = 'q.over'\nrole = 'status'\nwords = ['a']\n",
        "q.over",
        "the id is already built in (",
        "add override = true",
    ),
    (
        "no such",
        CUE + "words = ['a']\noverride = true\n",
        "x.y",
        "there is no built-in cue of this id to override",
        "correct the id",
    ),
    (
        "other type",
        "[[cue]]\nid = 'u.mu'\nrole = 'status'\nwords = ['a']\noverride = true\n",
        "u.mu",
        "there is no built-in cue",
        "",
    ),
    (
        "word twice",
        "[[cue]]\nid = 'a.a'\nrole = 'bound_before'\nwords = ['超']\n",
        "a.a",
        "in role bound_before, the word `超` is already in q.over (",
        "take it out",
    ),
    (
        "numeral twice",
        "[[numeral]]\nid = 'z.z'\nrole = 'digit'\nvalues = {'一' = '1'}\n",
        "z.z",
        "numeral `一` is already in n.digit (",
        "take it",
    ),
    (
        "unit twice",
        "[[unit]]\nid = 'a.a'\nsymbol = '市亩'\ndimension = 'd'\n",
        "a.a",
        "unit `市亩` is already in u.mu (",
        "take it out",
    ),
    (
        "character twice",
        "[[character]]\nid = 'a.a'\nfrom = 'l'\nto = '1'\n",
        "a.a",
        "character `l` is already in c.l (",
        "take it out",
    ),
    (
        "indicator twice",
        "[[indicator]]\nid = 'a.a'\nname = 'GDP'\nname_en = 'G'\ncategory = 'c'\ndimension = 'd'\nunit = ''\n",
        "a.a",
        "indicator `GDP` is already in i.gdp (",
        "take it out",
    ),
]


@pytest.mark.usefixtures("builtin")
@pytest.mark.parametrize(("content", "entry", "problem", "remedy"), [e[1:] for e in ERRORS], ids=[e[0] for e in ERRORS])
def test_errors_name_file_and_id_and_the_way_out(
    write: Write, content: str, entry: str, problem: str, remedy: str
) -> None:
    with pytest.raises(PatternError) as error:
        load_lexicon(write("mine", wrong=content))
    message = str(error.value)
    assert error.value.file.endswith("wrong.toml")
    assert error.value.entry == entry
    assert problem in message
    assert remedy in message
    assert "\n" not in message


@pytest.mark.usefixtures("builtin")
def test_errors_of_folders_and_files(write: Write, tmp_path: Path) -> None:
    with pytest.raises(PatternError, match="there is no such folder; name a folder"):
        load_lexicon(tmp_path / "nowhere")
    with pytest.raises(PatternError, match=r"the folder holds no \.toml file; name a folder"):
        load_lexicon(write("empty"))
    (write("bytes") / "a.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(PatternError, match=r"a\.toml: not UTF-8 at byte 0; save the file as UTF-8"):
        load_lexicon(tmp_path / "bytes")
    (write("folder") / "a.toml").mkdir()
    with pytest.raises(PatternError, match=r"a\.toml: cannot be read: .*; check its permissions"):
        load_lexicon(tmp_path / "folder")
