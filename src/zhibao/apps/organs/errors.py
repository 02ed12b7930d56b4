"""What can be wrong with organs, people, tokens and who may do what."""

from zhibao.kernel.errors import BadInput, Broken, Conflict, NotAllowed, NotFound


class OrganNotFound(NotFound):
    code = "organ-not-found"
    zh = "没有找到机关「{organ}」。"
    en = "There is no organ '{organ}'."
    hint_zh = "到机关列表里核对编号。"
    hint_en = "Check its id in the list of organs."


class PersonNotFound(NotFound):
    code = "person-not-found"
    zh = "没有找到人员「{person}」。"
    en = "There is no person '{person}'."
    hint_zh = "核对登录名；停用的人员只有本机关管理员看得到。"
    hint_en = "Check the log-in name; people whose account was closed are seen by their organ's administrator only."


class TokenNotFound(NotFound):
    code = "token-not-found"
    zh = "你没有这把接口密钥。"
    en = "You have no such API token."


class DeedNotAllowed(NotAllowed):
    code = "deed-not-allowed"
    zh = "你不能{deed_zh}：需要{needs_zh}。"
    en = "You may not {deed_en}: this needs {needs_en}."
    hint_zh = "让本机关管理员核对你的岗位，或交给有权的机关办。"
    hint_en = "Ask your organ's administrator about your roles, or hand the step to the organ that may do it."


class PurposeMissing(NotAllowed):
    code = "purpose-missing"
    zh = "监督阅卷要先写明目的。"
    en = "A supervisor must state a purpose before reading."
    hint_zh = "写一句为什么要看，例如「核对 9 月移送案件」；它会记入阅卷记录。"
    hint_en = (
        "Write in one sentence why you read, e.g. 'checking the transfers of September'; it is kept in the reading log."
    )


class OrganKept(Conflict):
    code = "organ-exists"
    zh = "已经有编号为「{organ}」的机关。"
    en = "There already is an organ with the id '{organ}'."
    hint_zh = "换一个编号，或改用已有的机关。"
    hint_en = "Choose another id, or use the organ that is there."


class UsernameTaken(Conflict):
    code = "username-taken"
    zh = "登录名「{username}」已有人用。"
    en = "The log-in name '{username}' is taken."
    hint_zh = "换一个登录名；大小写不同也算同一个。"
    hint_en = "Choose another one; names that differ in case only count as the same."


class BadOrgan(BadInput):
    code = "bad-organ"
    zh = "机关的{field_zh}「{value}」不对：{why_zh}。"
    en = "The organ's {field_en} '{value}' is not right: {why_en}."
    hint_zh = "改后再保存。"
    hint_en = "Mend it and save again."


class BadPerson(BadInput):
    code = "bad-person"
    zh = "人员的{field_zh}「{value}」不对：{why_zh}。"
    en = "The person's {field_en} '{value}' is not right: {why_en}."
    hint_zh = "改后再保存。"
    hint_en = "Mend it and save again."


class WeakPassword(BadInput):
    code = "weak-password"
    zh = "密码太容易猜：{why_zh}。"
    en = "The password is too easy to guess: {why_en}."
    hint_zh = "至少 10 个字符，不要用登录名、姓名和常见的词。"
    hint_en = "Use at least 10 characters, and neither your names nor a common word."


class BadToken(NotAllowed):
    code = "bad-token"
    status = 401
    zh = "接口密钥不对、已停用或已到期。"
    en = "The API token is wrong, was ended, or has run out."
    hint_zh = "到「我的设置」发一把新的，放在 Authorization: Bearer 之后。"
    hint_en = "Issue a new one under 'My settings' and send it after 'Authorization: Bearer'."


class BadTokenTerm(BadInput):
    code = "bad-token-term"
    zh = "接口密钥的期限要在今天以后、{days} 天以内。"
    en = "An API token must end after today and within {days} days."
    hint_zh = "选一个更近的日子；到期前可以再发一把。"
    hint_en = "Choose a nearer day; you can issue another one before it ends."


class LawPackGone(Broken):
    code = "law-pack-gone"
    zh = "读不出哪个法律包正在使用。"
    en = "It cannot be read which law pack is in use."
    hint_zh = "从备份恢复 ZHIBAO_HOME 下的 law 文件夹；没有备份就删掉 in-use.json，回到随产品来的法律包。"
    hint_en = "Restore the folder law under ZHIBAO_HOME from a backup; without one, remove in-use.json to go back to the packs of the product."


class LawFileName(BadInput):
    code = "law-file-name"
    zh = "「{name}」不能做法律文件的名字。"
    en = "'{name}' cannot be the name of a law file."
    hint_zh = "写成「文件夹/名字.yaml」，例如 deadlines/jx.file.yaml；只用小写字母、数字、点和横线。"
    hint_en = "Write folder/name.yaml, such as deadlines/jx.file.yaml, in small letters, digits, dots and hyphens."
