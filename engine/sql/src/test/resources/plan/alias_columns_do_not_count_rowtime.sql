CREATE PUMP p AS INSERT INTO per_minute (symbol) SELECT STREAM t.a FROM (SELECT STREAM symbol FROM trades) AS t (a)
----
pump p into per_minute [0]
endless, rowtime ROWTIME
Scan scan-3eafda51, append-only
    stream trades
    rowtime ROWTIME
    row (symbol VARCHAR NOT NULL, ROWTIME TIMESTAMP(6) NOT NULL)
