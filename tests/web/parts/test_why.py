from django.utils import translation

from zhibao.web.parts.why import Ground, Source, Why, confidence_mark, why_stamp

ART = Ground("行政处罚法第60条", "text", gist="九十日内决定", cite_id="cn.penalty/60", href="/law/cn.penalty")


def test_the_three_boxes_stand_in_order():
    html = why_stamp(Why("决定期限", "90 − 76 = 14", [ART], [Source("E-3", "#e-3")], "ab" * 32))
    assert html.index(">算<") < html.index(">条<") < html.index(">事<")
    assert '<a href="#e-3">E-3</a>' in html
    assert "abab…abab" in html


def test_the_stamp_is_joined_to_its_value():
    assert why_stamp(Why("x", "y", [ART])).startswith("\u2060<details")


def test_doubt_is_drawn_by_the_weakest_article():
    shaky = Ground("x", "unconfirmed")
    assert Why("a", "b", [ART, shaky]).confidence == "unconfirmed"
    assert Why("a", "b", [ART, Ground("y", "secondary")]).confidence == "secondary"
    assert 'data-c="unconfirmed"' in why_stamp(Why("a", "b", [ART, shaky]))


def test_no_article_at_all_is_never_certain():
    assert Why("a", "b", []).confidence == "unconfirmed"
    assert Why("a", "b", [Ground("x", "made-up")]).confidence == "unconfirmed"


def test_the_name_says_of_what_and_whether_it_is_unconfirmed():
    assert 'aria-label="依据：决定期限"' in why_stamp(Why("决定期限", "b", [ART]))
    assert 'aria-label="依据（未核实）：决定期限"' in why_stamp(Why("决定期限", "b", []))


def test_a_print_view_opens_it():
    assert "<details open=" not in why_stamp(Why("a", "b", [ART]))
    assert ' open=""' in why_stamp(Why("a", "b", [ART]), opened=True)


def test_the_citation_can_be_copied_with_its_id():
    assert 'data-copy="行政处罚法第60条 [cn.penalty/60]"' in why_stamp(Why("a", "b", [ART]))


def test_text_of_people_is_escaped():
    assert "<script>" not in why_stamp(Why("a", "<script>", [Ground("<script>", "text")], [Source("<script>")]))


def test_confidence_is_always_a_word():
    for kind, word in (("text", "读自原文"), ("secondary", "据二手资料"), ("else", "未核实")):
        assert word in confidence_mark(kind)


def test_english_uses_its_own_stamp():
    with translation.override("en"):
        html = why_stamp(Why("time limit", "b", [ART]))
    assert ">§</summary>" in html
    assert ">How</dt>" in html
