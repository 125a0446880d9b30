CREATE PUMP p AS INSERT INTO per_minute SELECT STREAM symbol, COUNT(*), SUM(quantity)
FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ROWTIME), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end, symbol EMIT ON UPDATE
----
ERROR INVALID_STATEMENT: EMIT ON UPDATE and EMIT EVERY change rows of a window that they gave before, and stream 'per_minute' only takes what stays (line 1, column 41)
HINT leave EMIT out to get each window once, or write EMIT CHANGES ON UPDATE to get each change as a row with what happened in the column op
