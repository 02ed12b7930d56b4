from zhibao.kernel.errors import NoSuchDay, NotFound, ZhibaoError


def test_an_error_says_what_where_and_how_to_mend_it_in_both_languages():
    error = NoSuchDay(where="14", text="2026.2.30")
    assert error.as_json("zh") == {
        "code": "no-such-day",
        "message": "日期 2026.2.30 不存在。",
        "where": "14",
        "hint": "核对月份和日子。",
    }
    assert error.as_json("en")["message"] == "The date 2026.2.30 does not exist."
    assert error.hint("en")


def test_python_sees_the_english_sentence():
    assert str(NotFound(what="matter")) == "There is no such matter."
    assert str(ZhibaoError()) == "Something is wrong."
