"""Whole numbers, decimals, parts and pairs written in every form that reports use, from the definition of each form.

Nothing here comes from the engine or from `patterns/`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import NamedTuple

DIGITS = "零一二三四五六七八九"
SCALES = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7}
SCALES |= {"亿": 10**8, "万亿": 10**12}
PARTS = (("百分之", "%"), ("百分之", "%"), ("千分之", "‰"), ("万分之", "‱"), ("十万分之", "/10万"))
UNITS = ("元", "人", "个", "公里", "吨", "户", "亩", "件", "倍")
CAPITALS = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")


class Expected(NamedTuple):
    """What a written number says, and where it stands in its text."""

    start: int
    end: int
    value: Decimal
    high: Decimal | None = None
    unit: str = ""
    more: str = ""


class Case(NamedTuple):
    """A text with numbers."""

    form: str
    text: str
    expected: tuple[Expected, ...]
    alone: str = ""  # the number as a library reads it, by itself


# Words of whole numbers, from the definition: groups of four places, each with 千, 百, 十


def group(number: int) -> str:
    """Below 10,000: 3040 is 三千零四十."""
    words = ""
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // scale % 10
        if digit:
            words += DIGITS[digit] + name
        elif words and not words.endswith("零") and number % scale:
            words += "零"
    return words


def cardinal(number: int) -> str:
    """Below 10^16: what stands before 万 and 亿 is a number itself, 零 where places are left out."""
    if number >= 10**8:
        return cardinal(number // 10**8) + "亿" + _rest(number % 10**8, 10**7)
    if number >= 10**4:
        return cardinal(number // 10**4) + "万" + _rest(number % 10**4, 10**3)
    return group(number)


def _rest(number: int, full: int) -> str:
    return "" if not number else ("零" if number < full else "") + cardinal(number)


def spoken(number: int, random: Random) -> str:
    """A whole number as some people write it: 十 for 一十, 两 for 二 before 百, 千, 万 and 亿, 〇 for 零."""
    words = cardinal(number) or "零"
    if words.startswith("一十") and random.random() < 0.8:
        words = words[1:]
    if random.random() < 0.5:
        for scale in "千万亿":
            words = _with_two(words, scale)
    return words.replace("零", "〇") if random.random() < 0.1 else words


def _with_two(words: str, scale: str) -> str:
    """二千 → 两千, but 二十二万 stays: there the 二 is no number by itself."""
    at = words.find("二" + scale)
    alone = at == 0 or (at > 0 and words[at - 1] in "零万亿")
    return words[:at] + "两" + words[at + 1 :] if alone else words


def amount(random: Random, most: int = 15) -> int:
    """A whole number of any length, often with zeros inside or at its end."""
    number = random.randrange(1, 10 ** random.randint(1, most))
    if random.random() < 0.5:
        number = int("".join(digit if random.random() < 0.5 else "0" for digit in str(number))) or number
    if random.random() < 0.3:
        number *= 10 ** random.randint(1, 4)
    return number % 10**most or 1


def _scale(random: Random, names: str) -> tuple[str, int]:
    """One of these scale words (- is none) and its value."""
    name = random.choice(names.split()).strip("-")
    return name, SCALES[name]


# Forms


def digits(random: Random) -> Iterator[Case]:
    number = amount(random)
    decimals = "." + str(random.randrange(10**6))[: random.randint(1, 4)] if random.random() < 0.5 else ""
    mark = random.choice(",，")
    plain = f"{number}{decimals}"
    for printed in (plain, f"{number:,}{decimals}".replace(",", mark), plain.translate(WIDE)):
        yield _case("digits", printed, Decimal(plain), random)


def digits_and_scale(random: Random) -> Iterator[Case]:
    plain = f"{random.randrange(1, 100_000)}" + random.choice(("", f".{random.randrange(1000)}"))
    scale, factor = _scale(random, "百 千 万 百万 千万 亿 万亿")
    yield _case("digits and scale word", plain + scale, Decimal(plain) * factor, random, alone=plain + scale)
    yield _case("digits and scale word", (plain + scale).translate(WIDE), Decimal(plain) * factor, random)


def digits_and_scales(random: Random) -> Iterator[Case]:
    high, low = random.randrange(1, 10_000), random.randrange(1000, 10_000)
    for printed, value in (
        (f"{high}亿{low}万", high * 10**8 + low * 10**4),
        (f"{high}万亿{low}亿", high * 10**12 + low * 10**8),
        (f"{high}万{low}", high * 10**4 + low),
        (f"{high}万{low // 1000}千", high * 10**4 + low // 1000 * 1000),
        (f"{high}亿{low // 1000}千万", high * 10**8 + low // 1000 * 10**7),
    ):
        yield _case("digits among scale words", printed, Decimal(value), random, alone=printed)


def chinese(random: Random) -> Iterator[Case]:
    number = amount(random)
    words = spoken(number, random)
    yield _case("Chinese", words, Decimal(number), random, alone=words)


def capitals(random: Random) -> Iterator[Case]:
    """As on cheques: every place with its digit, 壹拾 for 十."""
    number = amount(random, 12)
    if number >= 10:
        words = cardinal(number).translate(CAPITALS)
        yield Case("capitals", f"共计{words}元整。", (Expected(2, 2 + len(words), Decimal(number)),))


def shortened(random: Random) -> Iterator[Case]:
    scale, name = random.choice(((100, "百"), (1000, "千"), (10**4, "万"), (10**8, "亿")))
    head, last = random.randint(1, 9), random.randint(1, 9)
    more = random.randint(1, 9999) if scale < 10**4 and random.random() < 0.5 else 0
    value = more * 10**4 + head * scale + last * scale // 10
    first = "两" if head == 2 and scale >= 1000 and not more else DIGITS[head]
    words = (group(more) + "万" if more else "") + ("零" if more and scale < 1000 else "") + first + name + DIGITS[last]
    yield _case("shortened", words, Decimal(value), random, alone=words)


def with_point(random: Random) -> Iterator[Case]:
    whole = random.choice((0, random.randint(1, 99), amount(random, 5)))
    part = "".join(random.choice("0123456789") for _ in range(random.randint(1, 4)))
    words = spoken(whole, random) + "点" + "".join(DIGITS[int(digit)] for digit in part)
    scale, factor = _scale(random, "- - 万 亿 万亿")
    value = Decimal(f"{whole}.{part}") * factor
    yield _case("with 点", words + scale, value, random, alone=words + scale)


def year_digits(random: Random) -> Iterator[Case]:
    year = random.randint(1000, 2999)
    zero = random.choice("零〇○")
    words = "".join(DIGITS[int(digit)] for digit in str(year)).replace("零", zero)
    yield _case("digit by digit", words, Decimal(year), random, alone=words if zero != "○" else "")


def per_cent(random: Random) -> Iterator[Case]:
    name, unit = random.choice(
        (("百分之", "%"), ("百分之", "%"), ("千分之", "‰"), ("万分之", "‱"), ("十万分之", "/10万"))
    )
    whole = random.choice((0, random.randint(1, 99), random.randint(1, 999)))
    part = str(random.randrange(1, 1000)) if random.random() < 0.6 or not whole else ""
    plain = f"{whole}.{part}" if part else f"{whole}"
    words = cardinal(whole) or "零"
    words = words[1:] if words.startswith("一十") else words
    words += "点" + "".join(DIGITS[int(digit)] for digit in part) if part else ""
    yield _bare(f"{name} in words", name + words, Expected(0, 0, Decimal(plain), unit=unit), alone=name + words)
    yield _bare(f"{name} and digits", name + plain, Expected(0, 0, Decimal(plain), unit=unit))


def fraction(random: Random) -> Iterator[Case]:
    under = random.choice((random.randint(2, 12), random.randint(2, 99), random.randint(2, 1000)))
    over = random.randint(1, under - 1)
    value = _decimal(Fraction(over, under))
    if under not in (100, 1000):
        words = f"{spoken(under, Random(0))}分之{spoken(over, Random(0))}"
        yield _bare("fraction in words", words, Expected(0, 0, value), alone=words)
    yield _bare("fraction in digits", f"{over}/{under}", Expected(0, 0, value))


def _decimal(value: Fraction) -> Decimal:
    """Exact where at most 12 digits say it, else to four places, as `patterns/numerals.toml` has it."""
    for places in range(13):
        if (value * 10**places).denominator == 1:
            exact = Decimal(int(value * 10**places)).scaleb(-places)
            return exact if len(str(int(value * 10**places))) <= 12 else Decimal(str(round(value, 4)))
    return Decimal(int(round(value, 4) * 10**4)).scaleb(-4)


def tenths(random: Random) -> Iterator[Case]:
    tenth, half = random.randint(1, 9), random.randint(1, 9)
    words = "两" if tenth == 2 else DIGITS[tenth]
    yield _bare("成", words + "成", Expected(0, 0, Decimal(tenth * 10), unit="%"))
    yield _bare("成", words + "成" + DIGITS[half], Expected(0, 0, Decimal(tenth * 10 + half), unit="%"))
    yield _bare("成", f"{tenth}成", Expected(0, 0, Decimal(tenth * 10), unit="%"))
    if tenth < 9:
        pair = DIGITS[tenth] + DIGITS[tenth + 1] + "成"
        yield _bare("成", pair, Expected(0, 0, Decimal(tenth * 10), Decimal(tenth * 10 + 10), "%"))


def doubling(random: Random) -> Iterator[Case]:
    times = random.randint(1, 6)
    words = ("一番", "两番", "三番", "四番", "五番", "六番")[times - 1]
    growth = Decimal((2**times - 1) * 100)
    yield _bare("番", words, Expected(0, 0, growth, unit="%"), before=random.choice(("总量翻", "总量翻了")))


def and_more(random: Random) -> Iterator[Case]:
    number, more = random.randint(1, 999) * 10, random.choice("多余")
    scale, factor = _scale(random, "- 万 亿 万亿")
    words = spoken(number, random)
    for end in (f"{more}{scale}", f"{scale}{more}"):
        yield _case("and more", f"{number}{end}", Decimal(number * factor), random, more=more)
        yield _case("and more", f"{words}{end}", Decimal(number * factor), random, more=more)


def some(random: Random) -> Iterator[Case]:
    scale, factor = _scale(random, "十 百 千 万 十万 百万")
    for vague in "几数":
        yield _case("some", vague + scale, Decimal(factor), random, more=vague)
    tens = random.randint(1, 9)
    words = ("" if tens == 1 else DIGITS[tens]) + "十几"
    scale, factor = _scale(random, "- 万 亿")
    yield _case("some", words + scale, Decimal(tens * 10 * factor), random, more="几")


def pair(random: Random) -> Iterator[Case]:
    first = random.randint(1, 8)
    both = DIGITS[first] + DIGITS[first + 1]
    if first < 3:
        both = random.choice((both, ("一两", "两三")[first - 1]))
    scale, factor = _scale(random, "- 十 百 千 万 十万 亿")
    low, high = Decimal(first * factor), Decimal((first + 1) * factor)
    yield _case("pair", both + scale, low, random, high=high)
    scale, factor = _scale(random, "- 万 亿")
    tens = random.randint(1, 9)
    if "两" not in both:
        words = ("" if tens == 1 else DIGITS[tens]) + "十" + both + scale
        ends = (Decimal((tens * 10 + digit) * factor) for digit in (first, first + 1))
        yield _case("pair", words, next(ends), random, high=next(ends))


def span(random: Random) -> Iterator[Case]:
    low, high = sorted((amount(random, 6), amount(random, 6)))
    write: Callable[[int], str] = random.choice((str, lambda number: spoken(number, random)))
    mark, unit = random.choice(("至", "到", "—", "～", "-", "——")), random.choice(UNITS)
    first, second = write(low), write(high)
    at = 2 + len(first) + len(mark)
    ends = (Expected(2, 2 + len(first), Decimal(low)), Expected(at, at + len(second), Decimal(high)))
    yield Case("two ends", f"共计{first}{mark}{second}{unit}。", ends)


def bare(random: Random) -> Iterator[Case]:
    name, value = _scale(random, "百 千 万 亿 百万 千万")
    yield _case("scale words alone", name + "亿", Decimal(value * 10**8), random, alone="")
    if random.random() < 0.01:
        yield _bare("words of their own", "一半", Expected(0, 0, Decimal("0.5")))
        yield _bare("words of their own", "百分之百", Expected(0, 0, Decimal(100), unit="%"))


FORMS = (
    digits, digits_and_scale, digits_and_scales, chinese, chinese, chinese, capitals, shortened, with_point,
    year_digits, per_cent, fraction, tenths, doubling, and_more, some, pair, span, bare,
)  # fmt: skip


def _case(
    form: str, printed: str, value: Decimal, random: Random, *,
    more: str = "", high: Decimal | None = None, alone: str = "",
) -> Case:  # fmt: skip
    """The number before a unit."""
    unit = random.choice(UNITS)
    expected = Expected(2, 2 + len(printed), value, high, "", more)
    return Case(form, f"共计{printed}{unit}。", (expected,), alone)


def _bare(form: str, printed: str, said: Expected, *, before: str = "约占", alone: str = "") -> Case:
    """The number at the end of its clause."""
    expected = said._replace(start=len(before), end=len(before) + len(printed))
    return Case(form, f"{before}{printed}。", (expected,), alone)


def cases(numbers: int, seed: int) -> Iterator[Case]:
    """That many cases, the same for the same seed."""
    random, made = Random(seed), 0
    while True:
        for form in FORMS:
            for case in form(random):
                if made == numbers:
                    return
                made += 1
                yield case
