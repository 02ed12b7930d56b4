from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "zhibao.apps.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Stand before the evidence of matters: the vault asks here who may see it."""
        from zhibao.apps.cases.access import Gate  # noqa: PLC0415  # models can only be imported once apps are ready
        from zhibao.apps.vault.access import set_matter_gate  # noqa: PLC0415

        set_matter_gate(Gate())
