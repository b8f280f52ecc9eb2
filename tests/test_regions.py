"""Regions: the table, names in text, the region of a document and of a claim."""

from __future__ import annotations

import importlib.util
import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicator_extract.errors import PatternError
from indicator_extract.regions import AMBIGUOUS, INFERRED, UNCODED, Region, Regions, load_regions
from indicator_extract.regions.rows import Row, read_lines, row_of
from indicator_extract.regions.words import read_words

ROOT = Path(__file__).parents[1]
DATA = ROOT / "patterns" / "regions"
CORPUS = ROOT.parent / "shared" / "corpus"
REGIONS = load_regions()


def all_rows() -> list[Row]:
    return [row_of(line) for line in read_lines(DATA)]


def region(code: str, year: int | None = 2020) -> Region:
    """The region of a code that must be there."""
    found = REGIONS.at(code, year)
    assert found
    return found


def read(path: Path) -> str:
    """A text of the corpus: UTF-8, else GB18030."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


class TestTable:
    """What the data file says, and how years are looked up."""

    @pytest.mark.parametrize(
        ("code", "year", "full_name"),
        [
            ("230102", 2020, "黑龙江省哈尔滨市道里区"),
            ("150702", 2012, "内蒙古自治区呼伦贝尔市海拉尔区"),
            ("152101", 1998, "内蒙古自治区呼伦贝尔盟海拉尔市"),
            ("110105", 2020, "北京市朝阳区"),
            ("510200", 1990, "四川省重庆市"),
            ("500000", 1997, "重庆市"),
            ("500233", 2010, "重庆市忠县"),
            ("329004", 1990, "江苏省苏州市张家港市"),
            ("429004", 2003, "湖北省仙桃市"),
            ("469030", 2012, "海南省琼中黎族苗族自治县"),
            ("659001", 2010, "新疆维吾尔自治区石河子市"),
            ("230000", 2026, "黑龙江省"),
            ("230000", 1955, "黑龙江省"),
            ("100000", None, "中华人民共和国"),
        ],
    )
    def test_full_name(self, code: str, year: int | None, full_name: str) -> None:
        assert region(code, year).full_name == full_name

    @pytest.mark.parametrize(("code", "year"), [("230102x", 2020), ("510200", 1997), ("500000", 1996), ("", None)])
    def test_no_such_region(self, code: str, year: int | None) -> None:
        assert REGIONS.at(code, year) is None

    @pytest.mark.parametrize(
        ("name", "year", "codes"),
        [
            ("道里区", 2020, ["230102"]),
            ("道里", 2020, ["230102"]),
            ("黑龙江", 2020, ["230000"]),
            ("内蒙古", 2020, ["150000"]),
            ("恩施州", 2020, ["422800"]),
            ("杜蒙", 2012, ["230624"]),
            ("吉林", 2020, ["220000", "220200"]),
            ("朝阳区", 2020, ["110105", "220104"]),
            ("襄樊市", 2008, ["420600"]),
            ("襄樊市", 2012, []),
            ("襄阳市", 2012, ["420600"]),
            ("巢湖市", 2009, ["341400"]),
            ("巢湖市", 2012, ["340181"]),
            ("黄岩县", 1985, ["332622"]),
            ("黄岩区", 2000, ["331003"]),
            ("太平区", 2003, ["210904", "230105"]),
            ("全国", 2020, ["100000"]),
            ("哈尔滨市道里区", 2020, ["230102"]),
            ("黑龙江哈尔滨道里", 2020, ["230102"]),
            ("吉林市道里区", 2020, []),
            ("乌有县", 2020, []),
        ],
    )
    def test_find(self, name: str, year: int | None, codes: list[str]) -> None:
        assert [found.code for found in REGIONS.find(name, year)] == codes

    def test_within_prefers(self) -> None:
        assert [found.code for found in REGIONS.find("朝阳区", 2020, "220000")] == ["220104"]
        assert [found.code for found in REGIONS.find("道里区", 2020, "220000")] == ["230102"]

    def test_one_region_for_each_code_and_year(self) -> None:
        rows = all_rows()
        assert len(rows) == 7709
        taken = [(row.code, year) for row in rows for year in range(row.first, row.last + 1)]
        assert len(taken) == len(set(taken))
        assert all(re.fullmatch(r"\d{6}", row.code) and row.short and row.first <= row.last for row in rows)

    def test_every_region_has_its_place(self) -> None:
        for year in (1980, 1990, 2000, 2010, 2024):
            rows = [row for row in all_rows() if row.first <= year <= row.last]
            provinces = {row.code: row.name for row in rows if row.code.endswith("0000")}
            assert all(region(r.code, year).full_name.startswith(provinces[r.code[:2] + "0000"]) for r in rows)

    @pytest.mark.parametrize(("code", "year"), [("100000", 1990), ("230000", 2020), ("320500", 1990), ("500000", 1998)])
    def test_children_are_the_rows_that_lie_directly_in_it(self, code: str, year: int) -> None:
        table = REGIONS._table
        rows = [row for row in all_rows() if row.first <= year <= row.last]
        inside = [row for row in rows if (above := table.parent(row, year)) and above.code == code]
        assert inside
        assert list(table.children(code, year)) == inside

    def test_no_name_begins_with_a_word_that_is_passed_over(self) -> None:
        words = read_words(DATA)
        assert [row.name for row in all_rows() if words.start(row.name)] == []

    def test_nothing_is_read_before_it_is_needed(self, tmp_path: Path) -> None:
        regions = Regions(tmp_path)
        with pytest.raises(PatternError, match=r"words\.tsv"):
            regions.at("230102", 2020)

    @pytest.mark.parametrize(
        ("file", "line", "says"),
        [
            ("regions.tsv", "230102\t道里区", "not a table of regions"),
            ("words.tsv", "kinds\t省\t省", "line 2.*no role `kinds`"),
            ("words.tsv", "office\t(政府", "not a regular expression"),
        ],
    )
    def test_damaged_data(self, tmp_path: Path, file: str, line: str, says: str) -> None:
        for name in ("regions.tsv", "words.tsv"):
            (tmp_path / name).write_bytes((DATA / name).read_bytes())
        header, rest = (tmp_path / file).read_text(encoding="utf-8").split("\n", 1)
        (tmp_path / file).write_text(f"{header}\n{line}\n{rest}", encoding="utf-8")
        with pytest.raises(PatternError, match=says):
            Regions(tmp_path).at("230102", 2020)

    def test_builder(self, tmp_path: Path) -> None:
        spec = importlib.util.spec_from_file_location("build_regions", ROOT / "tools" / "build_regions.py")
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        kinds = ("province", "city", "county")
        header = ["year", "rank", *(f"{kind}_{part}" for kind in kinds for part in ("adcode", "name", "short"))]
        country = ["320000", "江苏省", "江苏"]
        city, county = ["320500", "苏州市", "苏州"], ["329004", "张家港市", "张家港"]
        rows = [
            line
            for year in ("1990", "1991", "1993")
            for line in (
                [year, "1", *country, "", "", "", "", "", ""],
                [year, "2", *country, *city, "", "", ""],
                [year, "3", *country, *city, *county],
            )
        ]
        source = tmp_path / "years.csv"
        source.write_text("\n".join(",".join(row) for row in [header, *rows]), encoding="utf-8-sig")
        assert module.build(source) == [
            ("100000", "中华人民共和国", "全国", "1990", "1991", ""),
            ("100000", "中华人民共和国", "全国", "1993", "1993", ""),
            ("320000", "江苏省", "江苏", "1990", "1991", ""),
            ("320000", "江苏省", "江苏", "1993", "1993", ""),
            ("320500", "苏州市", "苏州", "1990", "1991", ""),
            ("320500", "苏州市", "苏州", "1993", "1993", ""),
            ("329004", "张家港市", "张家港", "1990", "1991", "320500"),
            ("329004", "张家港市", "张家港", "1993", "1993", "320500"),
        ]


class TestScan:
    """Names in running text."""

    @pytest.mark.parametrize(
        ("text", "names"),
        [
            ("道外区地处哈尔滨市区中东部", ["道外区 230104", "哈尔滨市 230100"]),
            ("哈尔滨市道里区工部街66号", ["哈尔滨市道里区 230102"]),
            ("北京市朝阳区和长春市朝阳区", ["北京市朝阳区 110105", "长春市朝阳区 220104"]),
            ("朝阳区的企业", ["朝阳区 "]),
            ("青海南部的牧民", ["青海 630000"]),
            ("陕西安康", ["陕西安康 610900"]),
            ("大庆市场上的蔬菜", ["大庆 230600"]),
            ("道里区域经济", []),
            ("确保长治久安", []),
            ("创建国家乡村振兴示范县2个", []),
            ("建成县级“暖心驿站”113个", []),
            ("新晋中国工程院院士3名", []),
            ("美丽江苏建设", ["江苏 320000"]),
            ("富裕安康的生活", []),
            ("推广安全生产", []),
            ("真金白银", []),
            ("主动适应城市发展", []),
            ("老城区改造和中心城区供水", []),
            ("发展新乡村建设", []),
            ("保护衡水湖", ["衡水 131100"]),
            ("均衡水平", []),
        ],
    )
    def test_scan(self, text: str, names: list[str]) -> None:
        assert [f"{text[s:e]} {code}" for s, e, code in REGIONS.scan(text, 0, len(text), 2020)] == names

    def test_short_names_of_counties_count_inside_their_city(self) -> None:
        text = "肇州、肇源、林甸"
        assert REGIONS.scan(text, 0, len(text), 2020) == []
        assert [code for _, _, code in REGIONS.scan(text, 0, len(text), 2020, "230600")] == [
            "230621",
            "230622",
            "230623",
        ]

    def test_stays_between_start_and_end(self) -> None:
        assert REGIONS.scan("哈尔滨市道里区", 2, 6) == []
        assert REGIONS.scan("在道里区内", 1, 4) == [(1, 4, "230102")]


TITLES = [
    # title, text, year, code, flags
    ("2026年道里区政府工作报告", "", 2026, "230102", ()),
    ("2012年大庆市国民经济和社会发展统计公报", "", 2012, "230600", ()),
    ("海拉尔区政府工作报告(2012)", "", 2012, "150702", ()),
    ("2025年宁夏政府工作报告", "来源：青海日报", 2025, "640000", ()),
    ("昆山市2019年国民经济和社会发展统计公报", "", 2019, "320583", ()),
    ("2018年阿荣旗政府工作报告", "", 2018, "150721", ()),
    ("鄂温克旗2012年统计公报", "", 2012, "150724", ()),
    ("2020年恩施州政府工作报告", "", 2020, "422800", ()),
    ("延边朝鲜族自治州2020年政府工作报告", "", 2020, "222400", ()),
    ("海南州2020年政府工作报告", "全州", 2020, "632500", ()),
    ("2020年海南政府工作报告", "全省", 2020, "460000", ()),
    ("杜尔伯特县2019年统计公报", "", 2019, "230624", ()),
    ("大兴安岭地区2019年统计公报", "", 2019, "232700", ()),
    ("神农架林区2012年统计公报", "", 2012, "429021", ()),
    ("2021年浦东新区政府工作报告", "", 2021, "310115", ()),
    ("2008年襄樊市政府工作报告", "", 2008, "420600", ()),
    ("2010年襄樊市政府工作报告", "", 2010, "420600", ()),  # renamed in the December of that year
    ("巢湖市2009年统计公报", "", 2009, "341400", ()),
    ("巢湖市2012年统计公报", "", 2012, "340181", ()),
    ("莱芜市2019年政府工作报告", "", 2019, "371200", ()),  # made part of Jinan in the January of that year
    ("2019年莱芜区政府工作报告", "", 2019, "370116", ()),
    ("襄樊市国民经济和社会发展统计公报", "", None, "420600", ()),
    ("重庆市1990年国民经济和社会发展统计公报", "", 1990, "510200", ()),
    ("重庆市1998年国民经济和社会发展统计公报", "", 1998, "500000", ()),
    ("海拉尔市1998年政府工作报告", "", 1998, "152101", ()),
    ("2025年吉林市政府工作报告", "", 2025, "220200", ()),
    ("2025年吉林政府工作报告", "全省地区生产总值", 2025, "220000", ()),
    ("2025年吉林政府工作报告", "", 2025, "220000", (AMBIGUOUS,)),
    ("2011年和县政府工作报告", "", 2011, "340523", ()),
    ("阳泉市郊区2020年政府工作报告", "", 2020, "140311", ()),
    ("2020年郊区政府工作报告", "铜陵市委", 2020, "340711", ()),
    ("关于北京市2023年预算执行情况的报告", "", 2023, "110000", ()),
    ("哈尔滨年鉴2021", "·道外区·\n概况\n全区户籍人口。我区", 2020, "230104", ()),
    ("2020年朝阳区政府工作报告", "长春市委。全区。与南关区、宽城区相邻", 2020, "220104", ()),
    ("2020年朝阳区政府工作报告", "首都北京。全区。海淀区。北京市", 2020, "110105", ()),
    ("2020年朝阳区政府工作报告", "全区地区生产总值", 2020, None, (AMBIGUOUS,)),
    ("2020年鼓楼区政府工作报告", "徐州市。江苏省。云龙区", 2020, "320302", ()),
    ("2020年鼓楼区政府工作报告", "江苏省", 2020, None, (AMBIGUOUS,)),
    ("2015年城关区政府工作报告", "——2015年1月在拉萨市城关区第十届人民代表大会第一次会议上", 2015, "540102", ()),
    ("2021年道里区政府工作报告", "——2021年1月在南岗区第十届人民代表大会第一次会议上", 2021, "230102", (AMBIGUOUS,)),
    ("政府工作报告", "——2003年1月20日在仙桃市第五届人民代表大会第六次会议上", 2003, "429004", ()),
    ("政府工作报告", "在应县第十五届人民代表大会第一次会议上", 2011, "140622", ()),
    ("政府工作报告", "黑龙江省人民政府网站\n——2021年在大庆市第十届人民代表大会第一次会议上", 2021, "230600", ()),
    ("砥砺前行", "中共哈尔滨市香坊区委书记 谭乐伟", 2020, "230110", ()),
    ("统计公报", "2024年全省经济。\n……\n贵州省统计局\n2025年3月", 2024, "520000", ()),
    ("统计公报", "来源：贵州省统计局\n全省", 2024, "520000", ()),
    ("统计公报", "来源：贵州日报\n全省", 2024, "520000", (INFERRED,)),
    ("统计公报", "来源：贵州日报\n全市", 2024, None, ()),
    ("(内蒙古)2022年正蓝旗人民政府工作报告(全文)", "", 2022, "152530", ()),
    ("上半年经济运行情况", "| [ 发布机构 ] | 长寿区统计局 | [ 有效性 ] |", 2023, "500115", ()),
    ("奋斗镇第十四届人民代表大会第一次会议", "全镇", 2016, "", (UNCODED,)),
    ("概况", "牙克石市地处呼伦贝尔市中部", 2012, "150782", ()),
    ("抢抓机遇", "全市。佳木斯市。佳木斯的企业，桦南县、汤原县", 2016, "230800", (INFERRED,)),
    ("春耕", "全市。肇州、肇源、林甸三县", 2016, "230600", (INFERRED,)),
    ("春耕", "全市。林甸", 2016, None, ()),
    ("长三角一体化：江苏省与浙江省", "", 2024, None, ()),
    ("上半年全市经济运行情况分析", "全市", 2016, None, ()),
    ("和平与发展的工作报告", "", 2015, None, (AMBIGUOUS,)),
    ("雄安新区2022年国民经济和社会发展统计公报", "", 2022, "", (UNCODED,)),
    ("大庆高新区2015年经济运行情况", "", 2015, "", (UNCODED,)),
    ("海拉尔区奋斗镇2015年政府工作报告", "", 2015, "", (UNCODED,)),
    ("2024年国民经济和社会发展统计公报", "国家统计局\n2025年2月28日", 2024, "100000", ()),
    ("中华人民共和国2010年国民经济和社会发展统计公报", "", 2010, "100000", ()),
    ("政府工作报告", "现在，我代表国务院，向大会报告政府工作", 2020, "100000", ()),
    ("形势", "我国经济。我国出口。我国投资", 2020, "100000", (INFERRED,)),
    ("形势", "我国经济", 2020, None, ()),
    ("", "", None, None, ()),
]  # fmt: skip


class TestDocument:
    """The region of a document."""

    @pytest.mark.parametrize(("title", "text", "year", "code", "flags"), TITLES)
    def test_document(self, title: str, text: str, year: int | None, code: str | None, flags: tuple[str, ...]) -> None:
        found, doubts = REGIONS.of_document(title, "", f"{title}\n{text}", year)
        assert (found.code if found else None, doubts) == (code, flags)

    def test_names_of_what_has_no_code(self) -> None:
        def found(title: str) -> Region | None:
            return REGIONS.of_document(title, "", "", 2020)[0]

        assert found("陕西省西咸新区2023年统计公报") == Region("", "西咸新区", "陕西省西咸新区")
        assert found("大庆高新区2015年经济运行情况") == Region("", "大庆高新区", "黑龙江省大庆市高新区")
        assert found("奋斗镇2015年政府工作报告") == Region("", "奋斗镇", "奋斗镇")

    @pytest.mark.parametrize(
        ("seed", "year", "code"),
        [
            ("000_e5dbcc06a83ba507", 2020, "230104"),
            ("001_fa73faf2aa12b17e", 2021, "230102"),
            ("002_5201ed97a9688e1f", 2026, "230102"),
            ("003_c0e9d1177daedea1", 2021, "230602"),
            ("004_6be6b5e529658cc8", 2020, "230110"),
        ],
    )
    def test_seeds(self, seed: str, year: int, code: str) -> None:
        text = read(ROOT / "seeds" / f"{seed}.txt")
        for when in (year, None):
            assert REGIONS.of_document("", "", text, when) == (region(code, when), ())

    @pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not here")
    def test_corpus(self) -> None:
        nothing_tells = {"daqing_2014_nongcun.txt", "daqing_2016_shangbannian.txt"}  # only 全市, no name anywhere
        wrong = []
        for path in sorted([*CORPUS.glob("*.txt"), *CORPUS.glob("bulk/*.txt")]):
            place, year, *_ = path.name.split("_")
            found, flags = REGIONS.of_document("", "", read(path), int(year))
            expected = None if path.name in nothing_tells else CODES[place]
            if (found.code if found else None, flags) != (expected, ()):
                wrong.append((path.name, found, flags))
        assert wrong == []

    @given(
        st.text(
            st.sampled_from(
                "道里区哈尔滨市黑龙江省全我中华人民共和国第一届代表大会上政府工作报告来源：日报地处·镇高新2020年\n、， "
            )
        )
    )
    def test_any_text(self, text: str) -> None:
        found, flags = REGIONS.of_document("", "", text, 2020)
        assert found is None or found.full_name
        assert set(flags) <= {AMBIGUOUS, INFERRED, UNCODED}
        spans = REGIONS.scan(text, 0, len(text))
        assert all(start < end for start, end, _ in spans)
        assert all(end <= start for (_, end, _), (start, _, _) in itertools.pairwise(spans))
        assert REGIONS.of_claim(region("230102"), text, 2020).full_name


CODES = {
    "daqing": "230600", "hailar": "150702", "national": "100000", "anhui": "340000", "beijing": "110000",
    "chongqing": "500000", "guangdong": "440000", "guangxi": "450000", "guizhou": "520000", "hainan": "460000",
    "hebei": "130000", "heilongjiang": "230000", "henan": "410000", "hunan": "430000", "jiangsu": "320000",
    "jiangxi": "360000", "jilin": "220000", "neimenggu": "150000", "ningxia": "640000", "shaanxi": "610000",
    "shanghai": "310000", "shanxi": "140000", "sichuan": "510000", "tianjin": "120000", "xizang": "540000",
}  # fmt: skip


class TestClaim:
    """The region of a claim."""

    @pytest.mark.parametrize(
        ("document", "words", "code"),
        [
            ("230102", "全区地区生产总值", "230102"),
            ("230102", "我区实现", "230102"),
            ("230102", "全市地区生产总值", "230100"),
            ("230102", "2025年全市实现地区生产总值", "230100"),
            ("230102", "前三季度，全省粮食产量", "230000"),
            ("230102", "其中全国", "100000"),
            ("230102", "一季度全市完成，增长", "230102"),
            ("230102", "占全市固定资产投资比重", "230102"),
            ("230102", "高于全省平均水平", "230102"),
            ("230102", "拉动全市经济增长", "230102"),
            ("230102", "全市平均水平", "230102"),
            ("230102", "全国文明城市", "230102"),
            ("230102", "全国重点实验室由", "230102"),
            ("230102", "健全市场体系", "230102"),
            ("230102", "南岗区地区生产总值", "230103"),
            ("230102", "哈尔滨市户籍人口", "230100"),
            ("230102", "哈尔滨市南岗区户籍人口", "230103"),
            ("230102", "道外区、南岗区户籍人口", "230102"),
            ("230102", "大庆油田产量", "230102"),
            ("230102", "哈尔滨机场旅客吞吐量", "230102"),
            ("150702", "全区粮食产量", "150702"),
            ("150000", "全区粮食产量", "150000"),
            ("510000", "泸州经济总量突破", "510500"),
            ("510000", "内江、眉山、自贡、遂宁经济总量突破", "510000"),
            ("220100", "朝阳区地区生产总值", "220104"),
            ("220104", "从长春市看，全市", "220100"),
            ("230600", "林甸县粮食产量", "230623"),
            ("230600", "林甸粮食产量", "230623"),
            ("520000", "贵阳大数据科创城集聚企业", "520000"),
            ("100000", "全国粮食产量", "100000"),
            ("230102", "", "230102"),
        ],
    )
    def test_claim(self, document: str, words: str, code: str) -> None:
        assert REGIONS.of_claim(region(document), words, 2020) == region(code)

    @pytest.mark.parametrize(
        ("words", "name"),
        [("奋斗镇建成蔬菜大棚", "奋斗镇"), ("海拉尔区哈克镇粮食产量", "哈克镇"), ("其中，靠山街道", "靠山街道")],
    )
    def test_town(self, words: str, name: str) -> None:
        district = region("150702", 2015)
        assert REGIONS.of_claim(district, words, 2015) == Region("", name, district.full_name + name)

    @pytest.mark.parametrize(
        "words",
        ["城镇化率", "新型城镇建设", "建成乡镇", "推进奋斗镇", "奋斗镇、建设办", "3个镇", "特色小镇", "返乡人员"],
    )
    def test_no_town(self, words: str) -> None:
        assert REGIONS.of_claim(region("150702"), words, 2020) == region("150702")

    def test_document_of_unknown_region(self) -> None:
        unknown = Region("", "", "")
        assert REGIONS.of_claim(unknown, "全市粮食产量", 2020) == unknown
        assert REGIONS.of_claim(unknown, "全国粮食产量", 2020).code == "100000"
        assert REGIONS.of_claim(unknown, "道里区户籍人口", 2020).code == "230102"

    def test_strip_words(self) -> None:
        words = REGIONS.strip_words(region("230102"), 2020)
        assert {"道里区", "哈尔滨市", "哈尔滨市道里区"} & words == {"道里区", "哈尔滨市"}
        assert {"黑龙江省哈尔滨市道里区", "黑龙江省", "全区", "我区", "全市", "全省", "全国", "我国"} <= words
        assert not {"道里", "全县", "大庆市"} & words
        assert {"林甸县", "全市"} <= REGIONS.strip_words(region("230600"), 2020)
        assert "恩施州" in REGIONS.strip_words(region("422800"), 2020)
        assert "奋斗镇" in REGIONS.strip_words(Region("", "奋斗镇", "奋斗镇"), 2020)
