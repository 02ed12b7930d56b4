"""The columns of the tables in CONTRACT, in English and Chinese. Knows no file format."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from zhibao.cli.tables.errors import ColumnMissing


@dataclass(frozen=True, slots=True)
class Columns:
    """The names a table's columns may have; the first ``needed`` of them must be there."""

    names: dict[str, tuple[str, ...]]
    needed: tuple[str, ...]

    def locate(self, head: Sequence[str], path: str) -> dict[str, int]:
        """Return which place each known column has; raises ColumnMissing, which lists what was found."""
        places: dict[str, int] = {}
        heads = [_plain(name) for name in head]
        for column, names in self.names.items():
            found = [heads.index(name) for name in (column, *names) if name in heads]
            if found:
                places[column] = found[0]
        for column in self.needed:
            if column not in places:
                shown = ", ".join(name for name in head if name) or "—"
                known = ", ".join((column, *self.names[column]))
                raise ColumnMissing(where=path, path=path, missing=column, found=shown, names=known)
        return places

    def are_in(self, head: Sequence[str]) -> bool:
        """Return whether all needed columns are in the head."""
        heads = {_plain(name) for name in head}
        return all(heads & {column, *self.names[column]} for column in self.needed)


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).replace("\ufeff", "").lower().split())


LISTINGS = Columns(
    names={
        "id": ("编号", "商品编号", "商品id", "listing_id", "序号"),
        "title": ("标题", "商品标题", "商品名称", "名称", "品名"),
        "shop": ("店铺", "店铺名称", "店名"),
        "price": ("价格", "单价", "售价"),
        "category": ("类目", "品类", "分类"),
        "url": ("网址", "链接", "商品链接"),
        "image": ("图片", "主图"),
        "seen_at": ("发现时间", "采集时间", "抓取时间"),
    },
    needed=("id", "title"),
)

REGISTER = Columns(
    names={
        "id": ("编号", "注册号", "权利编号", "right_id", "序号"),
        "mark": ("商标", "商标名称", "标识", "名称"),
        "classes": ("类别", "商品类别", "国际分类", "尼斯分类"),
        "owner": ("权利人", "注册人", "商标权人", "申请人"),
        "status": ("状态", "法律状态"),
        "from": ("起", "有效期起", "注册日期", "生效日期"),
        "to": ("止", "有效期止", "有效期至", "截止日期"),
        "watch": ("监测", "重点监测", "关注"),
    },
    needed=("id", "mark"),
)

HITS = ("listing_id", "right_id", "channel", "start", "end", "surface", "score", "reasons")
