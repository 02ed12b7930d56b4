"""What the machine refuses, in words: a file that cannot be read, a full disk, a database that is busy or read-only.

Knows the system's own error numbers; not what the command was about to do.
"""

import errno
from collections.abc import Iterator

from zhibao.cli.errors import DatabaseBusy, DatabaseClosed, DiskFull, FileClosed
from zhibao.kernel.errors import ZhibaoError
from zhibao.kernel.labels import Label

_WHY = {
    errno.EACCES: Label("没有权限", "permission denied"),
    errno.EPERM: Label("没有权限", "permission denied"),
    errno.ENOSPC: Label("磁盘满了", "the disk is full"),
    errno.EDQUOT: Label("磁盘配额用完了", "the disk quota is used up"),
    errno.EROFS: Label("磁盘是只读的", "the disk is read-only"),
    errno.EISDIR: Label("它是一个文件夹", "it is a folder"),
    errno.ENOTDIR: Label("路径里有一段不是文件夹", "a part of the path is no folder"),
    errno.ENOENT: Label("没有这个文件或者文件夹", "there is no such file or folder"),
    errno.EEXIST: Label("已经有同名的文件", "a file of that name is there already"),
    errno.ENAMETOOLONG: Label("名字太长", "the name is too long"),
    errno.EIO: Label("磁盘读写出错", "the disk failed"),
    errno.EMFILE: Label("打开的文件太多", "too many files are open"),
    errno.ELOOP: Label("链接绕成了圈", "its links go round in a circle"),
}
_FULL = {errno.ENOSPC, errno.EDQUOT}
_SHUT = {errno.EACCES, errno.EPERM, errno.EROFS}
# SQLite's result codes (sqlite.org/rescode.html) beside PostgreSQL's states (appendix A of its manual). Numbers, so that
# commands which need no database load none.
_SQLITE_BUSY, _SQLITE_LOCKED, _SQLITE_READONLY, _SQLITE_FULL, _SQLITE_CANTOPEN = 5, 6, 8, 13, 14
_FULL_STATES = {"53100"}
_BUSY_STATES = {"55P03", "40P01"}
_SHUT_STATES = {"25006", "42501"}


def file_closed(path: str, error: OSError) -> FileClosed:
    """Return the error for a path the system does not let us use."""
    why = _WHY.get(error.errno or 0, Label(f"系统错误 {error.errno}", error.strerror or str(error)))
    return FileClosed(where=path, path=path, why_zh=why.zh, why_en=why.en)


def machine_error(error: BaseException) -> ZhibaoError | None:
    """Return what the machine refused, where that lies behind ``error``; None where the fault is ours."""
    for one in _behind(error):
        if isinstance(one, OSError) and one.errno in _FULL | _SHUT:
            path = str(one.filename or "")
            return DiskFull(where=path) if one.errno in _FULL else file_closed(path or "ZHIBAO_HOME", one)
        found = _of_database(one)
        if found is not None:
            return found
    return None


def _of_database(error: BaseException) -> ZhibaoError | None:
    # The extended codes of SQLite carry the primary one in their low byte.
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    state = str(getattr(error, "sqlstate", "") or "")
    if code == _SQLITE_FULL or state in _FULL_STATES:
        return DiskFull()
    if code in {_SQLITE_BUSY, _SQLITE_LOCKED} or state in _BUSY_STATES:
        return DatabaseBusy()
    if code in {_SQLITE_READONLY, _SQLITE_CANTOPEN} or state in _SHUT_STATES:
        return DatabaseClosed()
    return None


def _behind(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and what it came from or came on top of, each once."""
    queue: list[BaseException | None] = [error]
    seen: set[int] = set()
    while queue:
        one = queue.pop(0)
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        queue += [one.__cause__, one.__context__]
