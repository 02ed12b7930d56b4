from zhibao.web.parts.seal import large_seal, small_seal


def test_only_a_check_that_held_shows_the_seal():
    assert "符" in small_seal(holds=True)
    assert 'aria-label="与封存时相符"' in small_seal(holds=True)


def test_what_was_not_verified_is_an_empty_dashed_square():
    svg = small_seal(holds=False)
    assert "符" not in svg
    assert "stroke-dasharray" in svg
    assert 'aria-label="未验证"' in svg


def test_the_large_seal_is_read_from_the_right():
    svg = large_seal()
    assert svg.index(">与<") < svg.index(">符<")
    assert '<text x="83" y="45" font-size="34">与</text>' in svg
    assert '<text x="43" y="125" font-size="34">符</text>' in svg
