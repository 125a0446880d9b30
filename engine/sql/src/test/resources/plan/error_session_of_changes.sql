SELECT STREAM window_start, COUNT(*) FROM TABLE(SESSION((SELECT symbol, MAX(traded) AS t FROM trades GROUP BY symbol), DESCRIPTOR(t), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end EMIT ON UPDATE
----
ERROR UNSUPPORTED: SESSION of rows that change in a query that goes on is not supported (line 1, column 1)
HINT leave out STREAM for an answer that ends, or group the rows below by a window of the stream's time
