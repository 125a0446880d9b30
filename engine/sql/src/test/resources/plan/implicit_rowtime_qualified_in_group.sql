SELECT STREAM t.symbol, t.ROWTIME FROM trades t
----
endless
Scan scan-3eafda51, append-only
    stream trades
    row (symbol VARCHAR NOT NULL, ROWTIME TIMESTAMP(6) NOT NULL)
