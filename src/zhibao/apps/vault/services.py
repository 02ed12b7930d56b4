"""The signer of the log and the authority for time, as settings name them.

Knows dotted paths only: which program or machine answers is the installation's to say.
"""

from pathlib import Path
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from zhibao.evidence.checkpoint import Signer
from zhibao.evidence.timestamps import TimestampAuthority


def log_signer() -> Signer:
    """Return whoever signs the log's checkpoints (``ZHIBAO_SIGNER``), under the name ``ZHIBAO_LOG_ORIGIN``."""
    make = import_string(settings.ZHIBAO_SIGNER)
    return cast("Signer", make(Path(settings.ZHIBAO_KEYS), settings.ZHIBAO_LOG_ORIGIN))


def time_authority() -> TimestampAuthority:
    """Return whoever stamps the checkpoints (``ZHIBAO_TIMESTAMPS``)."""
    make = import_string(settings.ZHIBAO_TIMESTAMPS)
    return cast("TimestampAuthority", make(Path(settings.ZHIBAO_KEYS), url=settings.ZHIBAO_TIMESTAMPS_URL))
