from django.apps import AppConfig


class OrgansConfig(AppConfig):
    name = "zhibao.apps.organs"
    label = "organs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let every request stay with the law pack it began with."""
        from django.core.signals import request_finished, request_started  # noqa: PLC0415  as the others: once apps are ready

        from zhibao.apps.organs import law  # noqa: PLC0415

        request_started.connect(law.begin, dispatch_uid="law-pack")
        request_finished.connect(law.end, dispatch_uid="law-pack")
