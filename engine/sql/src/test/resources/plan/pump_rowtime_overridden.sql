CREATE PUMP p AS INSERT INTO per_minute (symbol) SELECT STREAM symbol, traded AS ROWTIME FROM trades
----
pump p into per_minute [0]
endless, rowtime ROWTIME
Project project-a5a65084, append-only
    symbol
    ROWTIME = traded
    row (symbol VARCHAR NOT NULL, ROWTIME TIMESTAMP(6))
  Scan scan-3eafda51, append-only
      stream trades
      row (symbol VARCHAR NOT NULL, traded TIMESTAMP(6))
