"""What an entry holds on a day, in short words: every kind of entry has them, amounts in yuan, parts only while in force."""

from datetime import date

from zhibao.rules.held_golden import held


def test_every_entry_can_be_held_to_a_day(pack):
    for _, entry in pack.entries():
        words = held(entry, date(2026, 11, 23))
        assert words
        assert all(isinstance(word, str) and word for word in words)


def test_parts_count_only_while_in_force(pack):
    limit = pack.court_limits["court.jx.limit"]
    assert held(limit, date(2022, 4, 30)) == ["360000"]
    assert held(limit, date(2022, 5, 1)) == ["360000", "1000000.00", "cn.fa-2022-109@2022/annex-1", "secondary"]


def test_what_stands_in_a_mapping_is_named_by_its_key(pack):
    assert "technical: yes" in held(pack.jurisdiction["jur.technical"], date(2026, 1, 1))
    assert "target: person" in held(pack.jurisdiction["c121.report.venue"], date(2026, 11, 23))


def test_a_version_not_in_force_says_nothing(pack):
    assert "cn.enforcement-supervision@2025/44" not in held(pack.values["enfsup2026"], date(2026, 1, 31))
    assert "cn.enforcement-supervision@2025/44" in held(pack.values["enfsup2026"], date(2026, 2, 1))
