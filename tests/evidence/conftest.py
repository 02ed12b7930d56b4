import shutil

import pytest


@pytest.fixture
def openssl():
    """The openssl program, an oracle of the tests; the product itself does not need it."""
    found = shutil.which("openssl")
    if found is None:
        pytest.skip("no openssl program on this machine")
    return found
