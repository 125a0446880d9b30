SELECT STREAM symbol, COUNT(*) FROM trades GROUP BY symbol EMIT ON WINDOW CLOSE
----
ERROR INVALID_STATEMENT: an aggregate without a window changes rows it gave before, and EMIT ON WINDOW CLOSE only takes new ones (line 1, column 44)
HINT group by a window of the stream's time (window_start, window_end over TUMBLE or HOP, or FLOOR(ROWTIME TO MINUTE)), create a materialized view, or write EMIT CHANGES to get each change as a row
