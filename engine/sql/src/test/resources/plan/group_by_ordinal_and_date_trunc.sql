CREATE PUMP p AS INSERT INTO per_minute (symbol, trades) SELECT STREAM symbol, n FROM (SELECT date_trunc('minute', ROWTIME) AS m, symbol, COUNT(*) AS n FROM trades GROUP BY 1, 2) AS t
----
pump p into per_minute [0, 1]
endless, rowtime ROWTIME
Project project-8f73cfcf, append-only
    symbol
    trades = CAST(n AS INTEGER)
    ROWTIME = (m + INTERVAL '60' SECOND)
    row (symbol VARCHAR NOT NULL, trades INTEGER NOT NULL, ROWTIME TIMESTAMP(6) NOT NULL)
  Aggregate aggregate-ed8be93a, append-only
      keys m, symbol
      n = COUNT(*)
      closes when m < FLOOR(bound, 'MINUTE')
      state: a group is kept until it closes
      row (m TIMESTAMP(6) NOT NULL, symbol VARCHAR NOT NULL, n BIGINT NOT NULL)
    Project project-f809c502, append-only
        m = FLOOR(ROWTIME, 'MINUTE')
        symbol
        row (m TIMESTAMP(6) NOT NULL, symbol VARCHAR NOT NULL)
      Scan scan-3eafda51, append-only
          stream trades
          rowtime ROWTIME
          row (symbol VARCHAR NOT NULL, ROWTIME TIMESTAMP(6) NOT NULL)
