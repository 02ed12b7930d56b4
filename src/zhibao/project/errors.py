"""What can be wrong with the settings an installation is given through its environment.

Each is also Django's ImproperlyConfigured, so that whatever loads the settings takes it for what it is.
"""

from django.core.exceptions import ImproperlyConfigured

from zhibao.kernel.errors import BadInput


class BadDatabaseAddress(BadInput, ImproperlyConfigured):
    """ZHIBAO_DATABASE_URL names no database we know how to reach."""

    code = "bad-database-address"
    zh = "ZHIBAO_DATABASE_URL 不是认得的数据库地址（开头是「{scheme}」）。"
    en = "ZHIBAO_DATABASE_URL is not the address of a database we know (it begins with '{scheme}')."
    hint_zh = (
        "写成 sqlite:////路径/zhibao.sqlite3 或 postgres://用户:密码@主机:端口/库名；不写就用 ZHIBAO_HOME 里的 SQLite。"
    )
    hint_en = "Write sqlite:////path/zhibao.sqlite3 or postgres://user:password@host:port/name; without it, SQLite in ZHIBAO_HOME."


class BadHome(BadInput, ImproperlyConfigured):
    """The folder of the installation cannot be made."""

    code = "bad-home"
    zh = "文件夹「{path}」建不起来，安装的数据没有地方放。"
    en = "The folder '{path}' cannot be made, so the installation has nowhere to keep its data."
    hint_zh = "把 ZHIBAO_HOME 指到一个能写的文件夹。"
    hint_en = "Point ZHIBAO_HOME to a folder that can be written."


class NoSecretKey(BadInput, ImproperlyConfigured):
    """In production the key that signs sessions is given, not made."""

    code = "no-secret-key"
    zh = "生产环境没有设置 ZHIBAO_SECRET_KEY。"
    en = "ZHIBAO_SECRET_KEY is not set in production."
    hint_zh = "设一串至少 50 个字符的随机文字，另行保管。"
    hint_en = "Set it to a random text of at least 50 characters, and keep a copy elsewhere."
