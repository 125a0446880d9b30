SELECT STREAM symbol FROM trades EMIT ON WINDOW CLOSE WITH LATENESS INTERVAL '1' MINUTE
----
ERROR INVALID_STATEMENT: LATENESS says for how long a window changes after its end, and without ON UPDATE it never changes (line 1, column 1)
HINT write EMIT ON UPDATE WITH LATENESS …, or a longer delay in the stream's WATERMARK FOR
