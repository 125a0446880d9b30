EXPLAIN (FORMAT JSON) CREATE PUMP p AS INSERT INTO per_minute (symbol) SELECT STREAM symbol FROM trades
----
endless, rowtime ROWTIME
Scan scan-3eafda51, append-only
    stream trades
    rowtime ROWTIME
    row (symbol VARCHAR NOT NULL, ROWTIME TIMESTAMP(6) NOT NULL)
