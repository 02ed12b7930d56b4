from django.apps import AppConfig


class WatchConfig(AppConfig):
    name = "zhibao.apps.watch"
    label = "watch"
    default_auto_field = "django.db.models.BigAutoField"
