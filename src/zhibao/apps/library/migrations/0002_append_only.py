"""The database itself refuses to change or remove what was done about the law, whoever asks."""

from django.db import migrations

from zhibao.apps.organs.append_only import AppendOnly

SAYS = "what was done about the law is never changed or removed"
TABLES = {"library_lawevent": "id = NEW.id"}  # each with what makes two of its rows the same
RULE = AppendOnly(SAYS, TABLES)


class Migration(migrations.Migration):
    dependencies = [("library", "0001_initial")]
    operations = [migrations.RunPython(RULE.forbid, RULE.allow)]
