from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "zhibao.web"
    label = "web"
