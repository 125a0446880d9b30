CREATE PUMP p AS INSERT INTO per_minute (symbol) SELECT STREAM symbol FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(traded), INTERVAL '1' DAY)) GROUP BY symbol, window_start, window_end
----
ERROR INVALID_STATEMENT: windows of 'traded' are never complete, as it is not the time of its stream, and stream 'per_minute' only takes what stays (line 1, column 142)
HINT use DESCRIPTOR(ROWTIME), or create the stream with WATERMARK FOR traded
