"""The REST interface: what programs may read and do, under ``/api``.

Decides nothing: it reads requests, calls actions, access and queries, and writes answers and problems (RFC 9457).
"""
