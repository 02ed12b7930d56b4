"""Error pages in our own words: what is wrong, and how to mend it.

Knows no page of its own; whatever fails leads here.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from zhibao.kernel.errors import ZhibaoError
from zhibao.web.words import lang


def _page(request: HttpRequest, status: int, title: str, text: str, *, hint: str = "", code: str = "") -> HttpResponse:
    return render(request, "web/error.html", {"title": title, "text": text, "hint": hint, "code": code}, status=status)


def _title(status: int) -> str:
    return {
        403: _("不能这样做"),
        404: _("没有找到"),
        409: _("别人先记了一步"),
        422: _("这样记不进去"),
        429: _("等一会儿再来"),
    }.get(status, _("出错了"))


def error_page(request: HttpRequest, error: ZhibaoError) -> HttpResponse:
    """Show one of our own errors with its sentence, its place and its hint."""
    text = error.say(lang())
    return _page(request, error.status, _title(error.status), text, hint=error.hint(lang()), code=error.code)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: what came cannot be read."""
    del exception
    return _page(
        request, 400, _("读不懂这个请求"), _("浏览器发来的内容不完整或不合规矩。"), hint=_("返回上一页再试一次。")
    )


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the person may not do this."""
    del exception
    return _page(request, 403, _title(403), _("你没有权限做这件事。"), hint=_("需要权限时找本机关的管理员。"))


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form is not one this browser was given."""
    del reason
    return _page(
        request, 403, _title(403), _("这张表单已经过期，没有记下任何内容。"), hint=_("返回上一页，刷新后再提交。")
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: there is no such page."""
    del exception
    return _page(request, 404, _title(404), _("没有这个地址的页面。"), hint=_("从上方的导航重新找。"))


def broken(request: HttpRequest) -> HttpResponse:
    """500: our own fault. Nothing half done is kept: every step is one transaction."""
    text = _("程序出错了，你刚才的一步没有记下。")
    return _page(request, 500, _title(500), text, hint=_("稍后再试；再出现时告诉管理员发生的时间。"))
