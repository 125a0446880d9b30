CREATE PUMP p AS INSERT INTO per_minute (symbol) SELECT STREAM symbol FROM trades WHERE price > (SELECT AVG(amount) FROM orders)
----
ERROR INVALID_STATEMENT: an aggregate without a window changes rows it gave before, and stream 'per_minute' only takes new ones (line 1, column 50)
HINT group by a window of the stream's time (window_start, window_end over TUMBLE or HOP, or FLOOR(ROWTIME TO MINUTE)), create a materialized view, or write EMIT CHANGES to get each change as a row
