"""How much one import may bring, each with its reason."""

MEGABYTE = 1024 * 1024

# The whole register of a province's marks (about a million rows of some 200 bytes) fits twice.
FILE = 512 * MEGABYTE
# Excel must be held in memory whole: 100,000 rows of eight cells unpack to 49 MB and take 83 MB. Five times that is
# as much as one import may take; more comes as CSV, which is streamed.
EXCEL_UNPACKED = 256 * MEGABYTE
SHEET_CELLS = 12_000_000  # in the rectangle around all cells, 32 bytes each
EXCEL_PARTS = 2_000  # files inside; a workbook with pictures has hundreds
ROWS = 2_000_000
# Past this the columns are mixed up, and a hundred pages of faults help nobody.
BAD_ROWS = 10_000
# One transaction a batch: small enough that others need not wait, large enough that SQLite is not bound by its commits.
BATCH = 1_000
HEAD_ROWS = 10  # how far down the column names may stand: titles and notes above them are common
CELL = 20_000  # characters; the longest lists of goods have some thousand
SPOOL = 16 * MEGABYTE  # held in memory up to here, in a temporary file beyond
EXPORT_EXCEL_ROWS = 1_000_000  # a sheet holds 1,048,576
EOF_CHUNK = 1 * MEGABYTE
