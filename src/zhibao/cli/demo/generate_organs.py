"""Some sixty organs of the province and the people who log in for them. Their names are functions, not real offices' data."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from zhibao.cli.demo.names import person_name

CITIES = (
    ("360100", "南昌市", "Nanchang", "洪"),
    ("360200", "景德镇市", "Jingdezhen", "景"),
    ("360300", "萍乡市", "Pingxiang", "萍"),
    ("360400", "九江市", "Jiujiang", "浔"),
    ("360500", "新余市", "Xinyu", "余"),
    ("360600", "鹰潭市", "Yingtan", "鹰"),
    ("360700", "赣州市", "Ganzhou", "虔"),
    ("360800", "吉安市", "Ji'an", "吉"),
    ("360900", "宜春市", "Yichun", "宜"),
    ("361000", "抚州市", "Fuzhou", "抚"),
    ("361100", "上饶市", "Shangrao", "饶"),
)
PROVINCE = ("360000", "江西省", "Jiangxi", "赣")


@dataclass(frozen=True, slots=True)
class OrganSeed:
    """One organ to be made."""

    id: str
    kind: str
    place: str
    name_zh: str
    name_en: str
    short_zh: str
    short_en: str
    paper_word: str
    parent: str | None
    competences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonSeed:
    """One person to be made."""

    username: str
    name_zh: str
    name_en: str
    organ: str
    roles: tuple[str, ...]
    language: str = "zh"


@dataclass(frozen=True, slots=True)
class _Kind:
    id: str
    zh: str
    en: str
    short_zh: str
    word: str
    competences: tuple[str, ...]
    cities: bool = True
    province: bool = True


KINDS = (
    _Kind(
        "market-regulation",
        "市场监督管理局",
        "Administration for Market Regulation",
        "市场监管局",
        "市监",
        ("administrative", "complaint"),
    ),
    _Kind("police", "公安{level}", "Public Security", "公安局", "公经", ("criminal",)),
    _Kind("procuratorate", "人民检察院", "People's Procuratorate", "检察院", "检", ("criminal",)),
    _Kind("court", "{court}人民法院", "People's Court", "法院", "法", ("criminal", "civil")),
    _Kind("protection-centre", "知识产权保护中心", "IP Protection Centre", "保护中心", "知保", ("mediation",)),
    _Kind("copyright", "版权局", "Copyright Administration", "版权局", "版", ("administrative",), cities=False),
    _Kind(
        "ip-office", "知识产权局", "Intellectual Property Office", "知识产权局", "知", ("adjudication",), cities=False
    ),
    _Kind("customs", "海关", "Customs", "海关", "关", ("customs",), cities=False),
    _Kind(
        "mediation",
        "知识产权纠纷人民调解委员会",
        "IP Mediation Committee",
        "调委会",
        "调",
        ("mediation",),
        cities=False,
    ),
    _Kind(
        "joint-conference", "知识产权保护联席会议办公室", "Joint Conference Office", "联席办", "联", (), cities=False
    ),
)


def _seed(kind: _Kind, place: str, city_zh: str, city_en: str, word: str) -> OrganSeed:
    province = place.endswith("0000")
    filled = kind.zh.format(level="厅" if province else "局", court="高级" if province else "中级")
    name_zh = city_zh + filled
    if kind.id == "customs":
        name_zh = "赣江海关"
    level_en = "Provincial" if province else "Municipal"
    return OrganSeed(
        id=f"jx-{place}-{kind.id}",
        kind=kind.id,
        place=place,
        name_zh=name_zh,
        name_en=f"{city_en} {level_en} {kind.en}",
        short_zh=f"{'省' if province else city_zh.removesuffix('市')}{kind.short_zh}",
        short_en=f"{city_en} {kind.en}",
        paper_word=word + kind.word,
        parent=None if province or not kind.province else f"jx-{PROVINCE[0]}-{kind.id}",
        competences=kind.competences,
    )


def generate_organs() -> Iterator[OrganSeed]:
    """Yield 65 organs, those above before those below."""
    for kind in KINDS:
        if kind.province:
            yield _seed(kind, *PROVINCE)
        if kind.cities:
            for city in CITIES:
                yield _seed(kind, *city)


def generate_people(random: Random) -> Iterator[PersonSeed]:
    """Yield the accounts: one well-known log-in for each role in Jingdezhen and the province, and staff for every organ."""
    for organ in generate_organs():
        yield PersonSeed(
            f"{organ.id.removeprefix('jx-')}-1", *person_name(random), organ.id, ("admin", "handler", "head")
        )
        yield PersonSeed(f"{organ.id.removeprefix('jx-')}-2", *person_name(random), organ.id, ("handler",))
    known = (
        ("officer", "jx-360200-market-regulation", ("handler", "registrar", "analyst")),
        ("head", "jx-360200-market-regulation", ("head",)),
        ("police", "jx-360200-police", ("handler",)),
        ("prosecutor", "jx-360200-procuratorate", ("handler", "supervisor")),
        ("judge", "jx-360200-court", ("handler",)),
        ("centre", "jx-360200-protection-centre", ("handler", "analyst", "registrar")),
        ("supervisor", "jx-360000-joint-conference", ("supervisor",)),
        ("lawofficer", "jx-360000-market-regulation", ("law-officer", "handler", "head")),
        ("admin", "jx-360000-ip-office", ("admin", "handler", "registrar", "analyst")),
    )
    for username, desk, roles in known:
        yield PersonSeed(username, *person_name(random), desk, roles)
    yield PersonSeed(
        "officer-en", *person_name(random), "jx-360200-market-regulation", ("handler", "registrar", "analyst"), "en"
    )
