import pytest

from zhibao.web.parts.markup import element, percent


def test_text_and_attributes_are_escaped():
    made = element("text", "<b>&", title='"x" <y>')
    assert made == '<text title="&quot;x&quot; &lt;y&gt;">&lt;b&gt;&amp;</text>'


def test_underscores_become_hyphens_and_cls_is_class():
    assert element("rect", cls="run", stroke_width=2) == '<rect class="run" stroke-width="2"></rect>'


def test_none_leaves_an_attribute_out():
    assert element("details", open=None) == "<details></details>"


def test_numbers_are_written_short():
    assert element("circle", cx=1.50, cy=2.0) == '<circle cx="1.5" cy="2"></circle>'


@pytest.mark.parametrize("name", ["style", "onclick"])
def test_what_the_content_policy_would_drop_is_refused(name):
    with pytest.raises(ValueError, match=name):
        element("rect", **{name: "x"})


def test_percent_has_two_decimals():
    assert percent(76 / 90) == "84.44%"
