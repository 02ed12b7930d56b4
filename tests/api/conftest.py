"""A program at the door: requests with a bearer token, answers as JSON."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from zhibao.apps.organs.actions.issue_token import issue_token


class Program:
    """Sends requests as one person."""

    def __init__(self, person=None, lang="en"):
        self.client = Client(raise_request_exception=False)
        self.headers = {"Accept-Language": lang}
        if person is not None:
            self.token = issue_token(actor=person, name="test", now=timezone.now())[1]
            self.headers["Authorization"] = f"Bearer {self.token}"

    def get(self, path, **query):
        return self.client.get(f"/api{path}", query, headers=self.headers)

    def post(self, path, body=None, *, key="", **headers):
        sent = self.headers | ({"Idempotency-Key": key} if key else {}) | headers
        return self.client.post(f"/api{path}", json.dumps(body or {}), content_type="application/json", headers=sent)

    def upload(self, path, fields, *, key=""):
        sent = self.headers | ({"Idempotency-Key": key} if key else {})
        return self.client.post(f"/api{path}", fields, headers=sent)


@pytest.fixture
def program():
    return Program


@pytest.fixture(autouse=True)
def _fresh_counts():
    from django.core.cache import cache

    cache.clear()
