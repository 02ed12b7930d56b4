"""What can be wrong with a request before anything is asked of the rooms below.

BadInput
 ├── BadBody            the body cannot be read as what it says it is
 ├── BadFields          fields that are missing, too many or of the wrong kind (one entry each)
 ├── ProceedingMissing  an exhibit for a matter that names no proceeding
 └── BadText            characters no text has: NUL, halves of surrogate pairs
NotAllowed
 └── NoToken            no bearer token was sent
NotFound
 └── NoSuchAddress      no resource has this address
ZhibaoError
 ├── BadMethod          the resource does not know this method
 ├── BodyTooLarge       more bytes than are taken in one request
 └── TooManyRequests    more requests than are answered in a minute
Broken
 └── ApiFault           Zhibao itself went wrong
"""

from zhibao.kernel.errors import BadInput, Broken, NotAllowed, NotFound, ZhibaoError


class BadBody(BadInput):
    """The body cannot be read."""

    code = "bad-body"
    status = 400
    zh = "请求的内容读不出来：{why_zh}。"
    en = "The body cannot be read: {why_en}."
    hint_zh = "内容应是 UTF-8 的 JSON，或接口说明里写的类型。"
    hint_en = "It should be JSON in UTF-8, or the media type the description names."


class BadFields(BadInput):
    """Some fields are not right; each is told on its own."""

    code = "bad-fields"
    zh = "有 {count} 处不对，见 errors。"
    en = "{count} fields are not right; see errors."
    hint_zh = "按 /api/openapi.json 写。"
    hint_en = "Write them as /api/openapi.json says."


class BadText(BadInput):
    """A character that no text has."""

    code = "bad-text"
    zh = "请求里有不能存的字符（空字符或半个代理对）。"
    en = "The request holds characters that cannot be kept (NUL, or half a surrogate pair)."
    hint_zh = "删掉这些字符再发。"
    hint_en = "Remove them and send it again."


class ProceedingMissing(BadInput):
    """An exhibit of a matter is recorded in one of its proceedings, and none is named."""

    code = "proceeding-missing"
    zh = "要写明证据记入哪一个程序。"
    en = "Name the proceeding that records this exhibit."
    hint_zh = "程序的编号在案件的 proceedings 里。"
    hint_en = "The ids of proceedings stand under the matter's proceedings."


class NoToken(NotAllowed):
    """The request carries no bearer token."""

    code = "no-token"
    status = 401
    zh = "没有带接口密钥。"
    en = "No API token was sent."
    hint_zh = "到「我的设置」发一把，放在 Authorization: Bearer 之后。"
    hint_en = "Issue one under 'My settings' and send it after 'Authorization: Bearer'."


class NoSuchAddress(NotFound):
    """No resource has this address."""

    code = "no-such-address"
    zh = "接口里没有「{path}」这个地址。"
    en = "The interface has no address '{path}'."
    hint_zh = "地址见 /api/openapi.json。"
    hint_en = "Addresses are listed in /api/openapi.json."


class BadMethod(ZhibaoError):
    """The resource does not know the method."""

    code = "bad-method"
    status = 405
    zh = "这个地址不接受 {method}。"
    en = "This address does not take {method}."
    hint_zh = "可用的是 {allowed}。"
    hint_en = "It takes {allowed}."


class BodyTooLarge(ZhibaoError):
    """More bytes than are taken in one request."""

    code = "body-too-large"
    status = 413
    zh = "一次请求收不下这么多。"
    en = "This is more than is taken in one request."
    hint_zh = "分成几次发；大的文件用 /api/exhibits 或 /api/imports。"
    hint_en = "Send it in parts; large files go to /api/exhibits or /api/imports."


class TooManyRequests(ZhibaoError):
    """More requests than are answered in a minute."""

    code = "too-many-requests"
    status = 429
    zh = "请求太密了。"
    en = "Requests come too fast."
    hint_zh = "等 {seconds} 秒再发。"
    hint_en = "Wait {seconds} seconds."


class ApiFault(Broken):
    """Zhibao itself went wrong."""

    code = "api-fault"
    zh = "知保自己出了错，这个请求没有做成。"
    en = "Zhibao itself went wrong; this request was not carried out."
    hint_zh = "把时间和地址交给管理员。"
    hint_en = "Give the time and the address to whoever runs this installation."
