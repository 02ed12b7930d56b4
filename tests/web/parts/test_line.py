import re
from datetime import UTC, date, datetime, timedelta

from zhibao.web.parts.line import LEFT, procedure_line, route_list
from zhibao.web.parts.route import Line, Move, Row, Stop, Stretch, text_width

START = datetime(2025, 12, 29, 2, tzinfo=UTC)
TODAY = date(2026, 2, 1)


def made(**more):
    stops = [
        Stop("e1", "adm", START, "线索", day="12月29日", href="#e-1"),
        Stop("e2", "adm", START + timedelta(days=9), "移送", kind="hand", day="1月7日", href="#e-2"),
        Stop("e3", "pol", START + timedelta(days=9), "收到", kind="hand", day="1月7日", href="#e-3"),
        Stop("e4", "pol", START + timedelta(days=12), "不立案", kind="refused", day="1月10日", late=True),
        Stop("now", "adm", START + timedelta(days=20), "告知", here=True, day="1月18日", href="#e-5"),
        Stop("due", "adm", START + timedelta(days=60), "决定", plan=True, day="2月27日"),
    ]
    rows = [Row("adm", "市场监管局", "行政", "adm"), Row("pol", "公安局", "刑事", "cri")]
    stretches = [
        Stretch("e1", "e2", "adm"),
        Stretch("e2", "now", "hold"),
        Stretch("e3", "e4", "cri"),
        Stretch("now", "due", "next"),
    ]
    return Line(rows, stops, stretches, [Move("e2", "e3")], **more)


def test_one_row_for_each_organ_and_a_link_for_each_stop():
    svg = procedure_line(made(), today=TODAY)
    assert svg.count('class="organ"') == 2
    assert svg.count("<a ") == 6
    assert 'href="#e-3"' in svg


def test_it_is_one_tab_stop_at_where_it_is_now():
    svg = procedure_line(made(), today=TODAY)
    assert svg.count('tabindex="0"') == 1
    assert '<a href="#e-5" tabindex="0">' in svg


def test_each_kind_of_line_and_stop_has_its_own_shape():
    svg = procedure_line(made(), today=TODAY)
    for piece in ('class="adm"', 'class="cri"', 'class="cri2"', 'class="hold"', 'class="next"', 'class="move"'):
        assert piece in svg
    assert 'class="halo"' in svg
    assert 'class="st plan"' in svg
    assert 'class="x"' in svg
    assert 'class="late"' in svg


def test_years_today_and_changes_of_law_are_marked():
    svg = procedure_line(made(flags=[(date(2026, 1, 8), "新解释施行")]), today=TODAY)
    assert ">2025<" in svg
    assert ">2026<" in svg
    assert "新解释施行" in svg
    assert ">今天<" in svg


def test_a_handing_back_is_dashed():
    line = made()
    back = Line(line.rows, line.stops, line.stretches, [Move("e1", "e4", back=True)])
    svg = procedure_line(back, today=TODAY)
    assert 'class="back"' in svg
    assert " H" in svg  # the two ends stand in different columns


def test_folded_steps_say_how_many():
    stops = [Stop(f"s{n}", "adm", START + timedelta(days=n), f"第{n}步") for n in range(40)]
    svg = procedure_line(Line([Row("adm", "局", "行政", "adm")], stops), today=TODAY)
    assert "23 项" in svg
    assert "⋯" in svg


def test_an_empty_line_is_still_a_picture():
    assert "<svg" in procedure_line(Line([Row("adm", "局", "行政", "adm")], []), today=TODAY)


def test_long_names_are_shortened_with_the_whole_in_the_title():
    name = "一个" + "非常" * 30 + "长的名称"
    svg = procedure_line(Line([Row("adm", "局", "", "adm")], [Stop("a", "adm", START, name)]), today=TODAY)
    assert f"<title>{name}</title>" in svg
    assert "…</text>" in svg


def test_the_list_for_a_phone_is_newest_first_and_names_its_kinds():
    html = route_list(made())
    assert html.index("决定") < html.index("告知") < html.index("线索")
    for kind in ("plan", "here", "cri", "move", "adm"):
        assert f'data-k="{kind}"' in html


def test_older_stops_are_one_link_away():
    assert "更早 4 站" in route_list(made(), most=2)


def test_names_at_either_end_stay_clear_of_the_organs_and_of_the_edge():
    for count in range(1, 31):
        stops = [
            Stop(f"e{n}", "adm", START + timedelta(days=n), "收到线索核查情况", day="12月29日", here=n == count - 1)
            for n in range(count)
        ]
        line = Line([Row("adm", "市场监管局", "行政", "adm")], stops, [], [])
        svg = procedure_line(line, today=TODAY + timedelta(days=60))
        width = float(re.search(r'viewBox="0 0 (\S+) ', svg)[1])
        middles = [
            (float(re.search(r'\bx="([\d.]+)"', given)[1]), text_width(text))
            for given, text in re.findall(r"<text ([^>]*)>([^<]+)", svg)
            if 'text-anchor="middle"' in given
        ]
        assert ">今天</text>" in svg
        assert min(x - wide / 2 for x, wide in middles) >= LEFT - 10
        assert max(x + wide / 2 for x, wide in middles) <= width
