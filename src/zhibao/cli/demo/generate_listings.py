"""A feed of 20,000 invented listings, some of them planted copies in disguise; what was planted is the answer key.

The tables of sound-alikes and look-alikes here are the planter's own, written apart from those the watch uses.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from zhibao.cli.demo.generate_organs import CITIES
from zhibao.cli.demo.generate_rights import OwnerSeed, RightSeed
from zhibao.cli.demo.names import INDUSTRIES, SHOP_TAILS, SURNAMES

LISTINGS = 20_000
SERIES = 120
FEEDS = (
    ("meet-market", "遇集", "Yuji market"),
    ("live-lane", "直播巷", "Live Lane"),
    ("stall-street", "摊街", "Stall Street"),
)
OPENERS = (
    "正品",
    "新款",
    "热卖",
    "特价",
    "包邮",
    "2026春季",
    "厂家直发",
    "礼盒装",
    "家用",
    "大容量",
    "轻便",
    "复古",
    "官方同款",
    "限时",
)
CLOSERS = ("送礼佳品", "现货速发", "可开发票", "七天退换", "一件代发", "质量保证", "券后立减", "多色可选", "")
STYLES = (
    "",
    "",
    "",
    "听雨款",
    "江南印象",
    "云上青",
    "兰亭风",
    "山水间",
    "小满",
    "一叶舟",
    "清欢",
    "青花系列",
    "月白",
    "松风",
    "竹里",
    "玉兰香",
)
SOUND = dict(
    pair.split(":")
    for pair in (
        "鹭:露 岚:蓝 屿:雨 壑:贺 塬:原 澍:树 璟:景 翎:铃 芷:纸 蘅:衡 榆:鱼 槿:锦 溪:西 汀:听 渚:主 沅:园 浔:寻 泠:零 淇:奇 湄:梅 "
        "霁:季 旻:民 昕:欣 晞:希 曦:西 煜:玉 梧:吴 楸:秋 棠:糖 梓:紫 樟:张 筠:云 篁:皇 蕙:惠 苓:灵 禾:和 岭:领 野:也 墨:莫 釉:右 "
        "砚:燕 帛:博 绫:灵 瓯:欧 瓷:词 陶:桃 盏:展 壶:湖 钧:军 镜:静 鉴:建 弦:贤 翰:汉 逸:艺 朔:硕 恒:横 泽:择 霖:林 记:计 坊:芳 "
        "堂:糖 轩:宣 庐:卢 阁:格 庄:装 川:穿 源:原 园:元 集:级"
    ).split()
)
OLD_FORM = dict(
    pair.split(":")
    for pair in (
        "鹭:鷺 岚:嵐 屿:嶼 荪:蓀 砚:硯 笺:箋 绫:綾 纨:紈 缃:緗 缇:緹 缥:縹 绮:綺 瓯:甌 盏:盞 壶:壺 钧:鈞 钰:鈺 铎:鐸 镜:鏡 筝:箏 润:潤 "
        "泽:澤 记:記 斋:齋 轩:軒 庐:廬 阁:閣 园:園 庄:莊 号:號 岭:嶺 浔:潯 霁:霽 霭:靄 烨:燁 焕:煥 峤:嶠 峦:巒 嵘:嶸"
    ).split()
)
LETTER = dict(zip("ABEKMHOPCTXILS", "АВЕКМНОРСТХ115", strict=True))  # Cyrillic twins and digits
GAPS = ("·", " ", "-", "*", "_", "✦")


@dataclass(frozen=True, slots=True)
class ListingSeed:
    """One listing to be taken in."""

    feed: str
    external_id: str
    title: str
    shop: str
    price: str
    category: str
    url: str
    place: str
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Planted:
    """One planted series: a shop that sells copies of one mark in one disguise."""

    right: str
    feed: str
    shop: str
    disguise: str
    listings: int

    @property
    def lead(self) -> tuple[str, str]:
        """The right and the series that a lead on it names."""
        return self.right, f"{self.feed}/{self.shop}"


def _swap(text: str, table: dict[str, str], random: Random, most: int) -> str:
    places = [i for i, c in enumerate(text) if c in table]
    chosen = set(random.sample(places, min(most, len(places))))
    return "".join(table[c] if i in chosen else c for i, c in enumerate(text))


DISGUISES: dict[str, Callable[[str, Random], str]] = {
    "exact": lambda mark, _: mark,
    "sound": lambda mark, random: _swap(mark, SOUND, random, 1),
    "old-form": lambda mark, random: _swap(mark, OLD_FORM, random, 9),
    "gap": lambda mark, random: random.choice(GAPS).join(mark),
    "wide": lambda mark, _: "".join(chr(ord(c) + 0xFEE0) if c.isascii() else c for c in mark),
    "case": lambda mark, _: mark.lower(),
    "letter": lambda mark, random: _swap(mark, LETTER, random, 2),
}


def _title(random: Random, goods: str, mark: str) -> str:
    head = " ".join(random.sample(OPENERS, random.randrange(1, 3)))
    return f"{head} {mark}{' ' if mark.isascii() and mark else ''}{goods} {random.choice(CLOSERS)}".replace(
        "  ", " "
    ).strip()


class _Writer:
    """Numbers listings and spreads them over feeds, places and the last thirty days."""

    def __init__(self, random: Random, now: datetime) -> None:
        self.random, self.now, self.count = random, now, 0

    def listing(self, feed: str, shop: str, goods: str, mark: str, place: str) -> ListingSeed:
        self.count += 1
        external = f"{feed[:2].upper()}{self.count:07d}"
        return ListingSeed(
            feed=feed,
            external_id=external,
            title=_title(self.random, goods, mark),
            shop=shop,
            price=f"{self.random.randrange(900, 60000) / 100:.2f}",
            category=goods,
            url=f"https://{feed}.example/item/{external}",
            place=place,
            seen_at=self.now - timedelta(minutes=self.random.randrange(1, 30 * 24 * 60)),
        )


def _choices(mark: str, random: Random) -> list[str]:
    return [name for name, disguise in DISGUISES.items() if name == "exact" or disguise(mark, random) != mark]


def generate_listings(
    random: Random, owners: list[OwnerSeed], rights: list[RightSeed], now: datetime
) -> tuple[list[ListingSeed], list[Planted]]:
    """Return the listings in a shuffled order, and the answer key."""
    writer = _Writer(random, now)
    listings: list[ListingSeed] = []
    key: list[Planted] = []
    live = [right for right in rights if right.kind == "trademark" and right.periods[-1][0] == "in-force"]
    watched = [right for right in live if right.watched]
    for n, right in enumerate(random.sample(watched, SERIES)):
        goods = owners[right.owner].industry.goods
        disguise = _choices(right.name, random)[n % len(_choices(right.name, random))]
        feed, shop = random.choice(FEEDS)[0], f"{random.choice(SURNAMES)}记{random.choice(SHOP_TAILS)}{n + 1}号"
        place = random.choice(CITIES)[0]
        count = random.randrange(2, 7)
        listings += [
            writer.listing(feed, shop, random.choice(goods), DISGUISES[disguise](right.name, random), place)
            for _ in range(count)
        ]
        key.append(Planted(right.number, feed, shop, disguise, count))
    for right in random.sample(live, min(len(live), 700)):
        goods = owners[right.owner].industry.goods
        feed = random.choice(FEEDS)[0]
        listings += [
            writer.listing(
                feed, f"{right.name}官方旗舰店", random.choice(goods), right.name, right.place or CITIES[0][0]
            )
            for _ in range(3)
        ]
    listings += list(_innocent(random, writer, LISTINGS - len(listings)))
    random.shuffle(listings)
    return listings, key


def _innocent(random: Random, writer: _Writer, count: int) -> Iterator[ListingSeed]:
    shops = [f"{random.choice(SURNAMES)}家{random.choice(SHOP_TAILS)}{n}号" for n in range(1000, 3000)]
    for _ in range(count):
        goods = random.choice(random.choice(INDUSTRIES).goods)
        style = random.choice(STYLES)
        yield writer.listing(random.choice(FEEDS)[0], random.choice(shops), goods, style, random.choice(CITIES)[0])
