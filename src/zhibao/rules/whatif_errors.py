"""What can be wrong with a file of supposed changes to the law (`law whatif`); ``where`` is its file and line."""

from zhibao.rules.errors import LawFault


class ChangeOfNothing(LawFault):
    """The file changes nothing at all."""

    code = "whatif-changes-nothing"
    zh = "这个文件没有写任何改动。"
    en = "This file changes nothing."
    hint_zh = "在 changes 下面逐条写：entry、version、field 和 to，或者 entry 和 add。"
    hint_en = "List under changes: entry, version, field and to; or entry and add."


class ChangeOfNoEntry(LawFault):
    """The entry to be changed is not in the pack."""

    code = "whatif-no-entry"
    zh = "法律包里没有可以改的条目「{id}」。"
    en = "The pack has no entry “{id}” to change."
    hint_zh = "编号最接近的有：{near}。"
    hint_en = "The nearest ids are: {near}."


class ChangeOfNoVersion(LawFault):
    """The entry has no version that begins on that day."""

    code = "whatif-no-version"
    zh = "「{id}」没有从 {day} 起的版本。"
    en = "“{id}” has no version from {day}."
    hint_zh = "各版本的起日是：{known}。"
    hint_en = "Its versions begin on: {known}."


class ChangeOfNoField(LawFault):
    """The path leads to no field of the entry."""

    code = "whatif-no-field"
    zh = "「{path}」在这个条目里找不到：到「{step}」为止。"
    en = "“{path}” is not in this entry: it stops at “{step}”."
    hint_zh = "照法规文件里的写法，用点分开；列表里的一项写成 [编号]、[起日] 或 [第几项]。这里有：{known}。"
    hint_en = "Write it as the law file does, with dots; an item of a list as [id], [first day] or [its place]. Here are: {known}."


class ChangeOfNoPath(LawFault):
    """The field is not written as a path."""

    code = "whatif-bad-path"
    zh = "「{path}」不是字段的路径。"
    en = "“{path}” is not a path to a field."
    hint_zh = "写成 length 或者 tiers.base.any[goods.gain].when 的样子。"
    hint_en = "Write it like length, or tiers.base.any[goods.gain].when."
