"""What the officer of the sample did this morning: leads made matters, exhibits kept and sealed, a mistake corrected.

Goes through the same actions as the pages; nothing here is derived or decided.
"""

import csv
import io
from collections.abc import Iterable
from datetime import timedelta
from random import Random
from uuid import UUID

from zhibao.apps.cases.actions.correct_event import correct_event
from zhibao.apps.cases.actions.keep_exhibit import keep_exhibit
from zhibao.apps.cases.actions.record_event import record_event
from zhibao.apps.cases.models import Matter
from zhibao.apps.cases.queries import proceedings_of
from zhibao.apps.vault.actions.seal_exhibits import seal_exhibits
from zhibao.apps.watch.actions.open_from_lead import open_from_lead
from zhibao.apps.watch.queries import leads
from zhibao.cli.demo.build import Province
from zhibao.cli.demo.generate_rights import draw_logo

OPENED = 5


def work_a_morning(province: Province) -> list[Matter]:
    """Open the best leads of the officer's desk and work the first of them; return the matters."""
    officer = province.people["officer"]
    opened = [
        open_from_lead(actor=officer, lead_id=lead.pk, now=province.now) for lead in leads(officer, size=OPENED).items
    ]
    if opened:
        _keep_and_seal(province, opened[0])
        _record_and_correct(province, opened[0])
    for matter in opened:
        matter.refresh_from_db()
    return opened


def _keep_and_seal(province: Province, matter: Matter) -> None:
    officer, proceeding = province.people["officer"], proceedings_of(matter)[0]
    files = (
        ("平台订单导出.csv", "向平台调取", orders(province.random)),
        ("商品图片.png", "网页取证", draw_logo(matter.title, 4711)),
        ("现场检查笔录.txt", "现场检查", "两名执法人员出示证件，检查仓库，清点货物。\n".encode()),
    )
    exhibits = [
        keep_exhibit(
            actor=officer,
            matter_id=matter.pk,
            proceeding_id=proceeding.pk,
            stream=io.BytesIO(content),
            name=name,
            origin=origin,
            captured_at=province.now - timedelta(hours=1),
            expected_seq=None,
            now=province.now,
        )
        for name, origin, content in files
    ]
    _seal(province, matter, (exhibit.pk for exhibit in exhibits[:2]))


def _seal(province: Province, matter: Matter, exhibits: Iterable[UUID]) -> None:
    seal_exhibits(
        actor=province.people["officer"],
        exhibit_ids=list(exhibits),
        now=province.now,
        about={"matter": matter.number},
    )


def _record_and_correct(province: Province, matter: Matter) -> None:
    officer, proceeding = province.people["officer"], proceedings_of(matter)[0]
    wrong = record_event(
        actor=officer,
        matter_id=matter.pk,
        proceeding_id=proceeding.pk,
        kind="filed",
        at=province.now,
        data={"approved_by": "负责人"},
        expected_seq=None,
        now=province.now,
    )
    correct_event(
        actor=officer,
        matter_id=matter.pk,
        seq=wrong.seq,
        data={"approved_by": province.people["head"].name_zh},
        why="批准人写成了职务，应写姓名",
        expected_seq=None,
        now=province.now,
    )


def orders(random: Random) -> bytes:
    """Return an invented platform export of some hundred orders as CSV with a mark of its encoding, as Excel wants it."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["订单号", "下单时间", "商品", "件数", "单价"])
    for n in range(300):
        rows.writerow(
            [f"D{n:08d}", f"2026-{1 + n % 10:02d}-{1 + n % 28:02d}", "茶具套装", random.randrange(1, 9), "68.00"]
        )
    return b"\xef\xbb\xbf" + out.getvalue().encode()
