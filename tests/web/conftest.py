"""Page tests begin in Chinese, whatever language the test before ended in."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def chinese():
    with translation.override("zh-hans"):
        yield
