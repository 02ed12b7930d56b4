"""What can be wrong with matching's own tables."""

from zhibao.kernel.errors import Broken


class TableAltered(Broken):
    """A shipped table does not have the digest the manifest records."""

    code = "matching-table-altered"
    zh = "对照表 {name} 与清单里的摘要不符。"
    en = "The matching table {name} does not have the digest its manifest records."
    hint_zh = "重新安装知保，或用 scripts/make_tables.py 重新生成。"
    hint_en = "Install Zhibao anew, or make the tables with scripts/make_tables.py."
