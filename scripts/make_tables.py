"""Make the tables that matching ships, from registry packages, into src/zhibao/matching/tables.

    python scripts/make_tables.py --confusables FILE [--lexicon FILE]

Needs pypinyin and opencc (installed with zhibao). FILE is ``confusables.json`` of the package confusable_homoglyphs 3.3.1
(Unicode TR39 data) and ``dict.txt`` of jieba 0.42.1, taken from an environment that is thrown away afterwards. Without
them the two tables stay as they are. The same versions give the same bytes; the manifest records versions and digests.
"""

import argparse
import hashlib
import itertools
import json
import sys
import unicodedata
from collections import Counter, defaultdict
from importlib.metadata import version
from pathlib import Path

import opencc
from pypinyin.contrib.tone_convert import to_normal
from pypinyin.phrases_dict import phrases_dict
from pypinyin.pinyin_dict import pinyin_dict

OUT = Path(__file__).resolve().parent.parent / "src" / "zhibao" / "matching" / "tables"
HAN = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x33480))
READINGS_KEPT = 3
LEAST_USES = 10
LEET = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "@": "a", "$": "s", "!": "i", "|": "i"}
SIGNS = {"\u2120", "\u2122"}  # the service mark and trade mark signs fold to letters, yet say nothing of the name
LEXICON_FREQUENCY, LEXICON_NAME_FREQUENCY = 10, 50
LEXICON_LENGTHS = range(2, 5)


def is_word_part(char: str) -> bool:
    return unicodedata.category(char)[0] in "LN"


def width_rows() -> list[str]:
    """Characters whose compatibility form (NFKC) is another, as letters and digits only."""
    rows = []
    for code in range(0x80, 0x110000):
        char = chr(code)
        if 0xAC00 <= code < 0xD7A4 or unicodedata.category(char) in {"Cs", "Co", "Cn"} or char in SIGNS:
            continue
        plain = unicodedata.normalize("NFKC", char)
        kept = "".join(c for c in plain if is_word_part(c))
        if plain != char and kept and kept != char:
            rows.append(f"{char}\t{kept}")
    return rows


def letter_rows() -> list[str]:
    """Ranges of code points that are letters or numbers; everything else separates."""
    rows, first = [], None
    for code in range(0x110001):
        inside = code < 0x110000 and is_word_part(chr(code))
        if inside and first is None:
            first = code
        elif not inside and first is not None:
            rows.append(f"{first:x}\t{code - 1:x}")
            first = None
    return rows


def case_rows() -> list[str]:
    return [
        f"{chr(code)}\t{''.join(filter(is_word_part, chr(code).casefold()))}"
        for code in range(0x110000)
        if is_word_part(chr(code)) and chr(code).casefold() != chr(code)
    ]


def in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def variant_rows() -> list[str]:
    """Traditional, Hong Kong, Taiwan and Japanese forms and the simplified form they stand for."""
    simplify = opencc.OpenCC("t2s").convert
    regional = [opencc.OpenCC(name).convert for name in ("hk2t", "tw2t", "jp2t")]
    plain_of: dict[str, str] = {}
    for code in itertools.chain(*HAN):
        char = chr(code)
        plain = simplify(char)
        if plain == char and not in_gb2312(char):
            plain = next((simplify(turn(char)) for turn in regional if turn(char) != char), char)
        if plain != char and len(plain) == 1:
            plain_of[char] = simplify(plain)
    for char, plain in plain_of.items():
        while plain in plain_of:
            plain = plain_of[plain]  # noqa: PLW2901  a chain of forms is followed to its end
        plain_of[char] = plain
    return [f"{char}\t{plain}" for char, plain in plain_of.items()]


def syllable_of(reading: str) -> str:
    """Return a reading without its tone, ``v`` for ``ü``; empty for the few that are no syllable (``m``, ``ng``)."""
    plain = to_normal(reading).replace("ü", "v").replace("ê", "e")
    return plain if plain.isascii() and any(vowel in plain for vowel in "aeiouv") else ""


def reading_rows(variants: set[str]) -> list[str]:
    """Rank, syllable, and the characters that have it as their reading of that rank.

    A further reading counts where it makes up a twentieth of the character's uses in phrases, at least ten of them; it
    comes first where it makes up more than 2.5 times the uses of the dictionary's first (长 chang, but 了 le).
    """
    uses: dict[str, Counter[str]] = defaultdict(Counter)
    for phrase, readings in phrases_dict.items():
        if len(phrase) == len(readings):
            for char, reading in zip(phrase, readings, strict=True):
                uses[char][syllable_of(reading[0])] += 1
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    for code, text in sorted(pinyin_dict.items()):
        char = chr(code)
        if char in variants or not any(code in block for block in HAN):
            continue
        syllables = [s for s in dict.fromkeys(map(syllable_of, text.split(","))) if s]
        for rank, syllable in enumerate(common_readings(syllables, uses[char])):
            found[rank, syllable].append(char)
    return [f"{rank}\t{syllable}\t{''.join(chars)}" for (rank, syllable), chars in sorted(found.items())]


def common_readings(syllables: list[str], uses: Counter[str]) -> list[str]:
    total = sum(uses[s] for s in syllables)
    if total < LEAST_USES:
        return syllables[:1]
    kept = [s for s in syllables if s == syllables[0] or uses[s] * 20 >= total]
    top = max(kept, key=lambda s: (uses[s], -syllables.index(s)))
    first = top if uses[top] * 2 > uses[syllables[0]] * 5 else syllables[0]
    return [first, *(s for s in kept if s != first and uses[s] * 20 >= total)][:READINGS_KEPT]


def confusable_rows(source: Path) -> list[str]:
    """Look-alikes of one ASCII letter or digit: TR39 single characters, accented letters, and leet digits and signs."""
    alike = json.loads(source.read_text(encoding="utf-8"))
    found = dict(LEET)
    found["l"] = found["L"] = "i"
    for target in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ":
        for entry in alike.get(target, ()):
            char = entry["c"]
            if (
                len(char) == 1
                and ord(char) > 0x7F
                and is_word_part(char)
                and not unicodedata.normalize("NFKC", char).isascii()
            ):
                found.setdefault(char, "i" if target in "lIi" else target.lower())
    for code in range(0x80, 0x2000):
        base = unicodedata.normalize("NFD", chr(code))
        if len(base) > 1 and base[0].isascii() and base[0].isalpha():
            found.setdefault(chr(code), "i" if base[0] == "l" else base[0].lower())
    return [f"{char}\t{letter}" for char, letter in sorted(found.items())]


def is_ordinary(word: str, count: int, kind: str) -> bool:
    """Return whether a dictionary word is ordinary. Its tag ``nr`` (names) also stands on words such as 巧克力."""
    if kind.startswith("nr"):
        return len(word) > 2 and count >= LEXICON_NAME_FREQUENCY
    return kind != "nz" and count >= LEXICON_FREQUENCY


def lexicon_rows(source: Path) -> list[str]:
    """Ordinary words of two to four Chinese characters."""
    words = set()
    for line in source.read_text(encoding="utf-8").splitlines():
        word, count, kind = line.split(" ")
        han = all(unicodedata.name(c, "").startswith("CJK UNIFIED") for c in word)
        if han and len(word) in LEXICON_LENGTHS and is_ordinary(word, int(count), kind):
            words.add(word)
    return sorted(words)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--confusables", type=Path)
    parser.add_argument("--lexicon", type=Path)
    args = parser.parse_args()
    variants = variant_rows()
    tables = {
        "letter.tsv": (letter_rows(), f"Unicode {unicodedata.unidata_version} categories L and N"),
        "width.tsv": (width_rows(), f"Unicode {unicodedata.unidata_version} NFKC"),
        "case.tsv": (case_rows(), f"Unicode {unicodedata.unidata_version} case folding"),
        "variant.tsv": (variants, f"opencc {version('opencc')} t2s, hk2t, tw2t, jp2t"),
        "reading.tsv": (reading_rows({row[0] for row in variants}), f"pypinyin {version('pypinyin')}"),
    }
    if args.confusables:
        tables["confusable.tsv"] = (confusable_rows(args.confusables), "confusable_homoglyphs 3.3.1 (Unicode TR39)")
    if args.lexicon:
        tables["lexicon.txt"] = (lexicon_rows(args.lexicon), "jieba 0.42.1 dict.txt")
    manifest_path = OUT / "manifest.json"
    manifest = json.loads(manifest_path.read_text()) if manifest_path.exists() else {"version": 1, "tables": {}}
    for name, (rows, source) in tables.items():
        raw = ("\n".join(rows) + "\n").encode()
        (OUT / name).write_bytes(raw)
        manifest["tables"][name] = {"source": source, "rows": len(rows), "sha256": hashlib.sha256(raw).hexdigest()}
        print(f"{name}: {len(rows)} rows, {len(raw)} bytes", file=sys.stderr)
    manifest_path.write_text(json.dumps(manifest, indent=2, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
