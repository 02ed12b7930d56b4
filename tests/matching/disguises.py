"""A seeded maker of registers and titles for the contract test: planted disguises, clutter, and awkward characters."""

import random

HAN = "赣江月云龙台诗山泉堂草味小米王黄皇凤凤重乐长华广参干甘姜将越岳思市三珊全權龍雲臺台萬万裏里后後發发𠮷吉"
LATIN = "Ganopuelit"
SIGNS = [
    "",
    "",
    "",
    " ",
    "·",
    "-",
    "。",
    "🍵",
    "\u200b",
    "\u200d",
    "\ufe0f",
    "/",
    "@",
    "$",
    "!",
    "|",
    "👨‍👩‍👧",
    "\u0301",
    "™",
]
AWKWARD = [
    "",
    " ",
    "\x00",
    "\ud800",
    "\udfff",
    "𠮷",
    "㍿",
    "ﬁ",
    "ß",
    "İ",
    "e\u0301",
    "é",
    "①",
    "½",
    "Ａ",
    "α",
    "ᾳ",
    "\U0010ffff",
    "1",
    "0",
    "７",
]
SWAPS = {
    "月": "越岳", "江": "姜将", "山": "三珊", "诗": "思市", "泉": "全權", "云": "雲", "龙": "龍", "台": "臺", "万": "萬", "后": "後",
    "发": "發", "王": "黄皇", "a": "aAаａ@4á", "o": "oO0ооｏ", "e": "eE3é", "i": "iI1!lІ", "l": "lLI1|", "G": "GgＧ", "t": "tT7", "n": "nNｎ",
}  # fmt: skip


def make_marks(rng: random.Random, count: int) -> list[str]:
    marks = [
        "",
        " ",
        "!!!",
        "𠮷",
        "赣",
        "G",
        "Ga",
        "A$AP",
        "㍿月山",
        "Go·Go",
        " 赣江月 ",
        "C++",
        "ß江月",
        "360",
        "e\u0301tage",
        "赣\ud800江月",
    ]
    for _ in range(count):
        letters = rng.choice((HAN, HAN, LATIN, HAN + LATIN))
        size = rng.choice((1, 2, 3, 3, 3, 4, 5, 7))
        text = "".join(rng.choice(letters) for _ in range(size))
        marks.append(rng.choice(("-", "·")).join(text) if rng.random() < 0.1 else text)
    return marks


def disguise(rng: random.Random, mark: str) -> str:
    rate, cut = rng.choice((0.0, 0.3, 0.9)), rng.choice((0.0, 0.0, 0.4))
    out = []
    for char in mark:
        out.append(rng.choice(SWAPS.get(char, char)) if rng.random() < rate else char)
        if rng.random() < cut:
            out.append(rng.choice(SIGNS) * rng.choice((1, 1, 1, 9)))
    return "".join(out)


def make_title(rng: random.Random, marks: list[str]) -> str:
    parts = []
    for _ in range(rng.randrange(6)):
        kind = rng.random()
        if kind < 0.5:
            parts.append(disguise(rng, rng.choice(marks)))
        elif kind < 0.7:
            parts.append(rng.choice(AWKWARD))
        elif kind < 0.85:
            parts.append("".join(rng.choice(HAN + LATIN + "123") for _ in range(rng.randrange(5))))
        else:
            parts.append(rng.choice((" 正品 ", "生活用品", "巧克力", "!", "|", "包邮")))
    return "".join(parts)
