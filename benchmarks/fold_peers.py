"""What else could tell the four clocks of a case, beside the columns: plain Python, SQL, OpenFisca, SpiffWorkflow, eventsourcing.

Each peer gets the same made-up histories and says what it did and did not do; one that is not installed says so.
"""

from benchmarks.peer_frameworks import event_sourcing, open_fisca, spiff_workflow
from benchmarks.peer_plain import duck_sql, plain_python, sqlite_sql

PEERS = (plain_python, sqlite_sql, duck_sql, open_fisca, spiff_workflow, event_sourcing)
