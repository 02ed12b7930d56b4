"""Pack the installation's own law files, to be sent upstream."""

import io
import json
import zipfile
from datetime import datetime

from zhibao.apps.library.access import require_reading
from zhibao.apps.organs.law import current_pack
from zhibao.apps.organs.law_folder import in_use, local_files
from zhibao.apps.organs.models import Person

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same files give the same bytes


def export_local_pack(*, actor: Person, now: datetime) -> bytes:
    """Return a zip of the local layer: its files below law/local, and manifest.json with the pack they belong to."""
    require_reading(actor)
    held = in_use()
    about = {
        "law_pack": current_pack().hash,
        "source": held.source if held else "",
        "exported_by": actor.username,
        "exported_at": now.isoformat(),
        "files": sorted(local_files()),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("manifest.json", _EPOCH), json.dumps(about, ensure_ascii=False, indent=1))
        for name, content in local_files().items():
            archive.writestr(zipfile.ZipInfo(f"law/local/{name}", _EPOCH), content)
    return out.getvalue()
