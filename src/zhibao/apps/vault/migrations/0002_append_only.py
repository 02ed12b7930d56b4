"""The database itself refuses to change or remove a step of custody or a leaf of the log, whoever asks."""

from django.db import migrations

from zhibao.apps.organs.append_only import AppendOnly

SAYS = "custody and log are never changed or removed: add a step"
TABLES = {
    "vault_custody": "id = NEW.id OR (exhibit_id = NEW.exhibit_id AND seq = NEW.seq)",
    "vault_logleaf": '"index" = NEW."index"',
}  # each with what makes two of its rows the same
RULE = AppendOnly(SAYS, TABLES)


class Migration(migrations.Migration):
    dependencies = [("vault", "0001_initial")]
    operations = [migrations.RunPython(RULE.forbid, RULE.allow)]
