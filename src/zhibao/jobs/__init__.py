"""The workers: what is done outside of a request, and by the clock.

Decides nothing about law or cases: a task calls actions. The queue itself is kept by ``zhibao.apps.work``.
"""
