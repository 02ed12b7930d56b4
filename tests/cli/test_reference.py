"""docs/reference says what the commands and errors say."""

import pytest

from scripts import make_reference


@pytest.mark.parametrize("path", list(make_reference.pages()), ids=lambda path: path.name)
def test_the_reference_is_up_to_date(path):
    assert path.read_text() == make_reference.pages()[path], "run scripts/make_reference.py"
