"""The database itself refuses to change or remove an event, whoever asks."""

from django.db import migrations

from zhibao.apps.organs.append_only import AppendOnly

SAYS = "events are never changed or removed: record a correction"
TABLES = {"cases_event": "id = NEW.id OR (matter_id = NEW.matter_id AND seq = NEW.seq)"}  # each with what makes two of its rows the same
RULE = AppendOnly(SAYS, TABLES)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [migrations.RunPython(RULE.forbid, RULE.allow)]
