CREATE PUMP p AS
INSERT INTO per_minute SELECT STREAM symbol, COUNT(*), SUM(quantity) FROM trades
GROUP BY symbol
----
ERROR INVALID_STATEMENT: an aggregate without a window changes rows it gave before, and stream 'per_minute' only takes new ones (line 3, column 1)
HINT group by a window of the stream's time (window_start, window_end over TUMBLE or HOP, or FLOOR(ROWTIME TO MINUTE)), create a materialized view, or write EMIT CHANGES to get each change as a row
