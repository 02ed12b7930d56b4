"""Invented laws of an invented trade. No word of them is of a statute."""

import shutil
from pathlib import Path

from zhibao.rules.load import default_roots

OLD = """# 中华人民共和国茶叶标识法

2019年12月28日第十三届全国人民代表大会常务委员会第十五次会议通过

## 目　录

第一章　总则
第二章　标识……3
第三章　附则

## 第一章　总则

**第一条**　为了规范茶叶标识，保护饮茶人的合法权益，制定本法。

**第二条**　本法所称茶叶标识，是指贴在茶罐上的文字。

茶叶标识不包括茶罐的颜色。

## 第二章　标识

### 第一节　一般规定

**第三条**　茶叶标识应当写明下列事项：

（一）产地；

（二）采摘的日子，写明：

1．年份；

2．节气；

（三）炒茶人的姓名。

前款第三项的姓名可以写别号。

**第四条**　茶商应当在收到异议之日起十五日内答复。

**第四条之一**　茶商不在期限内答复的，由茶叶局处一万元以上二十五万元以下的罚款。

### 第二节　特别规定

**第五条**　冬茶可以不写节气。

## 第三章　附则

**第六条**　本法自2020年5月1日起施行。
"""

NEW = """中华人民共和国茶叶标识法
2019年12月28日第十三届全国人民代表大会常务委员会第十五次会议通过
2026年6月26日第十四届全国人民代表大会常务委员会第二十三次会议修订
第一章 总则
第一条 为了规范茶叶标识，保护饮茶人和种茶人的合法权益，制定本法。
第二条 茶叶局负责全国的茶叶标识工作。
第三条 本法所称茶叶标识，是指贴在茶罐上的文字。
茶叶标识不包括茶罐的颜色。
第二章 标识
第四条 茶叶标识应当写明下列事项：
（一）产地；
（二）采摘的日子；
（三）炒茶人的姓名；
（四）水温。
第五条 茶商应当在收到异议之日起二十日内答复。
第六条 茶商不在期限内答复的，由茶叶局处一万元以上五十万元以下的罚款。
第三章 附则
第七条 本法自２０２７年１月１日起施行。
"""

INSTRUMENT = """\
id: cn.tea-labels
title: {zh: 中华人民共和国茶叶标识法, en: Tea Labelling Law}
short: {zh: 茶标法, en: Tea Labelling Law}
issuer: [全国人民代表大会常务委员会]
kind: statute
official: "https://example.org/tea"
versions:
  - id: "2019"
    from: 2020-05-01
    to: 2026-12-31
    checked: {on: 2026-11-01, against: text}
    articles:
      "3": {gist: {zh: 写明的事项, en: what is written}, paragraphs: {1: 3, 2: 0}}
      "4": {gist: {zh: 答复异议, en: answering objections}}
      "4-1": {gist: {zh: 不答复的罚款, en: fine for not answering}}
  - id: "2026"
    from: 2027-01-01
    checked: {on: 2026-11-01, against: secondary}
    articles:
      "4": {gist: {zh: 写明的事项, en: what is written}, paragraphs: {1: 4}}
      "5": {gist: {zh: 答复异议, en: answering objections}}
      "6": {gist: {zh: 不答复的罚款, en: fine for not answering}}
renumbered:
  - {from: "2019", to: "2026", articles: {"3": "4", "4": "5"}}
"""

DEADLINE = """\
id: tea.reply
title: {zh: 答复异议的期限, en: answering an objection}
procedure: administrative
owed_by: handling-organ
starts: clue-received
ends: [filed, not-filed]
keyed_on: step
versions:
  - from: 2020-05-01
    to: 2026-12-31
    length: 15 days
    last_day_moves: false
    cite: cn.tea-labels/4
    confidence: text
  - from: 2027-01-01
    length: 20 days
    last_day_moves: false
    cite: cn.tea-labels/5
    confidence: unconfirmed
if_missed: {finding: overdue, weight: 2}
"""

CASES = """\
- name: tea.reply
  clock: tea.reply
  start: clue-received
  runs:
    - [2026-12-01, 2026-12-16, cn.tea-labels@2019/4]
    - [2027-01-04, 2027-01-24, cn.tea-labels@2026/5]
"""


def write_layer(top: Path) -> Path:
    """Write the invented layer below ``top`` and return its folder."""
    root = top / "law" / "cn-tea"
    for name, content in (
        ("instruments/tea-labels.yaml", INSTRUMENT),
        ("deadlines/tea.reply.yaml", DEADLINE),
        ("cases/clocks-tea.yaml", CASES),
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, encoding="utf-8")
    return root


def copy_packs(top: Path) -> tuple[Path, ...]:
    """Copy the product's packs without their golden cases, which have tests of their own and take long."""
    for root in default_roots():
        shutil.copytree(root, top / "law" / root.name, ignore=shutil.ignore_patterns("cases"))
    return tuple(top / "law" / root.name for root in default_roots())
