"""Invented owners and 2,000 rights of every kind, a drawn logo for each mark."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from PIL import Image, ImageDraw

from zhibao.cli.demo.generate_organs import CITIES
from zhibao.cli.demo.names import FIRST, INDUSTRIES, Industry, address, han_mark, latin_mark, phone

RIGHTS = {
    "trademark": 1200,
    "patent-invention": 120,
    "patent-utility-model": 130,
    "patent-design": 100,
    "copyright": 200,
    "geographical-indication": 40,
    "plant-variety": 60,
    "ic-layout": 30,
    "trade-secret": 40,
    "customs-recordal": 80,
}
OWNERS = 500
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
MADE_OF = ("釉下彩", "高压", "折叠式", "双层", "低噪声", "可降解", "便携", "智能", "耐磨", "防潮")
CROPS = ("早籼稻", "油茶", "脐橙", "白莲", "紫薯", "黄花菜")


@dataclass(frozen=True, slots=True)
class OwnerSeed:
    """One invented right holder."""

    key: int
    kind: str
    name: str
    name_en: str
    uscc: str
    place: str
    address: str
    phone: str
    country: str
    ownership: str
    size: str
    industry: Industry
    mark: str


@dataclass(frozen=True, slots=True)
class RightSeed:
    """One invented right with its spans of days."""

    kind: str
    number: str
    name: str
    owner: int
    classes: tuple[int, ...]
    goods: str
    applied_on: date
    granted_on: date
    periods: tuple[tuple[str, date, date | None, str], ...]
    watched: bool
    industry: str
    place: str
    details: dict[str, bool | int | str | list[str] | None] = field(default_factory=dict)


def uscc(random: Random, place: str) -> str:
    """Return an invented code whose check characters are right (GB 32100-2015)."""
    body = "".join(random.choice("0123456789") for _ in range(8))
    inner = 11 - sum(int(c) * w for c, w in zip(body, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    first17 = f"91{place}{body}" + {10: "X", 11: "0"}.get(inner, str(inner))
    total = sum(USCC_ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(first17))
    return first17 + USCC_ALPHABET[(31 - total % 31) % 31]


def generate_owners(random: Random) -> Iterator[OwnerSeed]:
    """Yield invented firms of every size, ownership and origin."""
    seen: set[str] = set()
    for key in range(OWNERS):
        industry = random.choice(INDUSTRIES)
        place, city, city_en, _ = random.choice(CITIES)
        foreign = random.random() < 0.08
        mark = latin_mark(random) if foreign or random.random() < 0.2 else han_mark(random)
        while mark in seen:
            mark = latin_mark(random) if foreign else han_mark(random)
        seen.add(mark)
        title = mark.title() if mark.isascii() else mark
        yield OwnerSeed(
            key=key,
            kind="company",
            name=f"{title} Trading GmbH" if foreign else f"{city}{title}{industry.word}有限公司",
            name_en=f"{title} Trading GmbH" if foreign else f"{city_en} {industry.en.title()} Works No. {key + 1}",
            uscc="" if foreign else uscc(random, place),
            place="" if foreign else place,
            address="Beispielweg 1" if foreign else address(random, city),
            phone=phone(random),
            country="DE" if foreign else "CN",
            ownership="foreign" if foreign else random.choices(("private", "state", "foreign"), (80, 12, 8))[0],
            size=random.choices(("micro", "small", "medium", "large"), (30, 40, 20, 10))[0],
            industry=industry,
            mark=mark,
        )


def _periods(random: Random, granted: date, years: int, today: date) -> tuple[tuple[str, date, date | None, str], ...]:
    end = granted.replace(year=granted.year + years, day=min(granted.day, 28)) - timedelta(days=1)
    if random.random() < 0.04:
        stop = granted + (min(today, end) - granted) // 2
        return (("in-force", granted, stop, ""), ("invalidated", stop + timedelta(days=1), None, "无效宣告"))
    if end < today:
        return (("in-force", granted, end, ""), ("expired", end + timedelta(days=1), None, "期满"))
    return (("in-force", granted, end, ""),)


YEARS = {
    "trademark": 10,
    "patent-invention": 18,
    "patent-utility-model": 9,
    "patent-design": 14,
    "copyright": 50,
    "plant-variety": 20,
    "ic-layout": 10,
    "customs-recordal": 10,
}


def _title(random: Random, kind: str, owner: OwnerSeed) -> str:
    goods = random.choice(owner.industry.goods)
    place = random.choice(FIRST) + random.choice(("溪", "岭", "湖", "江"))
    titles = {
        "trademark": owner.mark,
        "customs-recordal": owner.mark,
        "geographical-indication": place + random.choice(("绿茶", "白莲", "夏布", "瓷器", "米粉")),
        "plant-variety": f"{random.choice(CROPS)}「{random.choice(FIRST)}{random.randrange(10, 99)}」",
        "copyright": f"《{random.choice(FIRST)}{random.choice(FIRST)}图》",
        "ic-layout": f"{owner.mark} {random.choice('ABCDEF')}{random.randrange(100, 999)} 电源管理芯片布图",
        "trade-secret": f"{goods}{random.choice(('配方', '烧成曲线', '客户名单', '工艺参数'))}（密点备案）",
        "patent-design": f"{random.choice(MADE_OF)}{goods}",
    }
    return titles.get(kind, f"一种{random.choice(MADE_OF)}{goods}及其制备方法")


def generate_rights(random: Random, owners: list[OwnerSeed], today: date) -> Iterator[RightSeed]:
    """Yield the rights; each owner's first mark is the one in its name, the others are further invented ones."""
    used = {owner.mark for owner in owners}
    serial = 0
    for kind, count in RIGHTS.items():
        for n in range(count):
            serial += 1
            owner = owners[n % len(owners)]
            name = _title(random, kind, owner)
            if kind == "trademark":
                name = owner.mark
                while n >= len(owners) and name in used:
                    name = latin_mark(random) if random.random() < 0.2 else han_mark(random)
                used.add(name)
            granted = today - timedelta(days=random.randrange(200, 3900))
            yield RightSeed(
                kind=kind,
                number=f"SL{serial:08d}" if kind != "trademark" else f"9{serial:07d}",
                name=name,
                owner=owner.key,
                classes=owner.industry.classes if kind in {"trademark", "customs-recordal"} else (),
                goods="、".join(owner.industry.goods),
                applied_on=granted - timedelta(days=random.randrange(200, 500)),
                granted_on=granted,
                periods=_periods(random, granted, YEARS.get(kind, 30), today),
                watched=kind == "trademark" and len(name) >= 3 and random.random() < 0.6,
                industry=owner.industry.id,
                place=owner.place,
                details={"authorised_shops": [f"{name}官方旗舰店"]} if kind == "trademark" else {},
            )


def draw_logo(name: str, key: int) -> bytes:
    """Return a small PNG: a ring of shapes that only this number gives, so that no two marks share a logo."""
    random = Random(key)  # noqa: S311 - drawing, not secrecy
    image = Image.new("RGB", (96, 96), "white")
    pen = ImageDraw.Draw(image)
    ink = tuple(random.randrange(20, 170) for _ in range(3))
    for _ in range(3 + len(name) % 4):
        x, y, r = random.randrange(20, 76), random.randrange(20, 76), random.randrange(8, 24)
        box = (x - r, y - r, x + r, y + r)
        random.choice((pen.ellipse, pen.rectangle))(box, outline=ink, width=random.randrange(2, 7))
    pen.polygon([(random.randrange(96), random.randrange(96)) for _ in range(3)], fill=ink)
    pen.ellipse((4, 4, 92, 92), outline=ink, width=3)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
