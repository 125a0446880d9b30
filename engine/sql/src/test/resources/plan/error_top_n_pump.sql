CREATE PUMP p AS INSERT INTO per_minute (symbol) SELECT STREAM symbol FROM trades QUALIFY ROW_NUMBER() OVER (PARTITION BY symbol ORDER BY price) = 1
----
ERROR INVALID_STATEMENT: the first rows in an order change as others come before them, and stream 'per_minute' only takes what stays (line 1, column 50)
HINT put window_start and window_end into PARTITION BY to get them once for each window, order by the stream's time to keep the first that come, create a materialized view, or write EMIT CHANGES to get each change as a row
