"""Invented names: marks, firms, shops and people, drawn from small tables with a seeded generator.

Knows no real firm or mark: marks are joined from characters that trade names seldom use together.
"""

from dataclasses import dataclass
from random import Random

FIRST = "鹭岚屿壑塬澍璟翎芷蘅榆槿溪汀渚沅浔泠淇湄崤岫峤峪峦嵘雩霁霭旻昕晞曦煜熠煊焕炘烨桐梧楸棠梓樟栩柘筠篁箬蕙荪苓芃茝菀葭蒹蓼薇"
SECOND = "汀禾岭野墨璞釉砚笺帛绫纨缇缃缥绮瓯瓷陶盏壶甑钧钰铎铧锏镜鉴篆籁笙箫筝瑟弦翰逸朔越疆域恒昱澄澈沁润泽沛霖"
THIRD = "白青记坊堂斋里轩庐舍阁园社集庄号行号匠作本山川源"
LATIN_STARTS = (
    "Vel",
    "Qor",
    "Zam",
    "Nuv",
    "Tris",
    "Lum",
    "Ost",
    "Kyr",
    "Bex",
    "Dral",
    "Fen",
    "Jov",
    "Myr",
    "Pax",
    "Rho",
    "Syl",
)
LATIN_MIDDLES = ("a", "e", "i", "o", "u", "ara", "eni", "ilo", "oma", "uri", "ante", "erro")
LATIN_ENDS = ("ndor", "lix", "tron", "vane", "mira", "zeta", "quil", "dane", "strel", "phan", "gard", "vique")
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎"
GIVEN = dict(
    pair.split(":")
    for pair in (
        "砚秋:Yanqiu 予安:Yu'an 书棠:Shutang 知遥:Zhiyao 景和:Jinghe 明澈:Mingche 若川:Ruochuan 怀瑾:Huaijin 云舟:Yunzhou "
        "静姝:Jingshu 承望:Chengwang 子衿:Zijin 清越:Qingyue 以宁:Yining 望舒:Wangshu 亦寒:Yihan 南星:Nanxing 北辰:Beichen "
        "长庚:Changgeng 思齐:Siqi 未晞:Weixi 采薇:Caiwei 令仪:Lingyi 嘉树:Jiashu 元恺:Yuankai 昭宁:Zhaoning 允恭:Yungong 德音:Deyin"
    ).split()
)
SURNAME_PINYIN = dict(
    zip(
        SURNAMES,
        "Zhao Qian Sun Li Zhou Wu Zheng Wang Feng Chen Chu Wei Jiang Shen Han Yang Zhu Qin You Xu He Lü Shi Zhang Kong Cao "
        "Yan Hua Jin Wei Tao Jiang Qi Xie Zou Yu Bai Shui Dou Zhang Yun Su Pan Ge Xi Fan Peng Lang".split(),
        strict=True,
    )
)
SHOP_TAILS = ("旗舰店", "专营店", "家居店", "优选店", "工厂直营", "精品店", "小铺", "批发行", "生活馆", "严选")
STREETS = ("昌南大道", "珠山路", "浔阳路", "赣江中路", "信江街", "鄱湖路", "武功大道", "青云路", "瑶湖街", "仙女湖路")


@dataclass(frozen=True, slots=True)
class Industry:
    """One of the six leading industries of the province, or an everyday trade, with its goods and Nice classes."""

    id: str
    zh: str
    en: str
    word: str  # what a firm of it puts in its name
    classes: tuple[int, ...]
    goods: tuple[str, ...]


INDUSTRIES = (
    Industry("aviation", "航空", "aviation", "航空科技", (12, 9), ("航模发动机", "无人机桨叶", "机载支架", "飞行头盔")),
    Industry(
        "electronics", "电子信息", "electronics", "电子", (9,), ("充电器", "数据线", "蓝牙耳机", "移动电源", "路由器")
    ),
    Industry(
        "tcm", "中医药", "Chinese medicine", "药业", (5, 30), ("本草颗粒", "草本茶", "艾灸贴", "膏方礼盒", "陈皮饮片")
    ),
    Industry("equipment", "装备制造", "equipment", "机械", (7, 8), ("角磨机", "水泵", "电钻", "轴承套装", "焊枪")),
    Industry("energy", "新能源", "new energy", "新能源", (9, 11), ("太阳能板", "储能电源", "锂电池组", "庭院灯")),
    Industry("materials", "新材料", "new materials", "新材料", (1, 17), ("密封胶", "石墨烯涂料", "保温棉", "环氧树脂")),
    Industry("", "陶瓷", "ceramics", "瓷业", (21,), ("盖碗", "品茗杯", "公道杯", "茶具套装", "花瓶", "香插")),
    Industry("", "茶叶食品", "tea and food", "茶业", (30, 29), ("明前绿茶", "山茶油", "米粉礼盒", "柑橘干", "白茶饼")),
    Industry("", "服装", "clothing", "服饰", (25, 18), ("夏布衬衫", "羽绒服", "帆布包", "运动鞋", "围巾")),
)


def han_mark(random: Random) -> str:
    """Return an invented mark of two to four Chinese characters."""
    shape = random.random()
    if shape < 0.15:
        return random.choice(FIRST) + random.choice(SECOND)
    if shape < 0.85:
        return random.choice(FIRST) + random.choice(SECOND) + random.choice(THIRD)
    return random.choice(FIRST) + random.choice(SECOND) + random.choice(FIRST) + random.choice(THIRD)


def latin_mark(random: Random) -> str:
    """Return an invented mark of seven to twelve Latin letters."""
    return (random.choice(LATIN_STARTS) + random.choice(LATIN_MIDDLES) + random.choice(LATIN_ENDS)).upper()


def person_name(random: Random) -> tuple[str, str]:
    """Return an invented personal name in Chinese and in pinyin order."""
    surname = random.choice(SURNAMES)
    given = random.choice(sorted(GIVEN))
    return surname + given, f"{SURNAME_PINYIN[surname]} {GIVEN[given]}"


def phone(random: Random) -> str:
    """Return a number of the invented block 1990791xxxx."""
    return f"1990791{random.randrange(10000):04d}"


def address(random: Random, city: str) -> str:
    """Return an invented address in a city."""
    return f"{city}{random.choice(STREETS)}{random.randrange(1, 400)}号"
