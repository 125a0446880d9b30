CREATE PUMP p AS INSERT INTO per_minute (symbol, trades) SELECT STREAM symbol, CAST(n AS INTEGER) FROM (SELECT symbol, window_start, window_end, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ROWTIME), INTERVAL '1' MINUTE)) GROUP BY symbol, window_start, window_end) QUALIFY ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY n DESC) <= 2
----
pump p into per_minute [0, 1]
endless, rowtime ROWTIME
Project project-02e2a5b3, append-only
    symbol
    trades = CAST(n AS INTEGER)
    ROWTIME
    row (symbol VARCHAR NOT NULL, trades INTEGER NOT NULL, ROWTIME TIMESTAMP(6) NOT NULL)
  TopN top_n-e1a6589d, append-only
      partition window_start, ROWTIME
      order n DESC NULLS FIRST
      ROW_NUMBER from 1 to 2
      state: of a partition the rows up to place 2 are kept until ROWTIME has passed, and then put out
      row (symbol VARCHAR NOT NULL, window_start TIMESTAMP(6) NOT NULL, ROWTIME TIMESTAMP(6) NOT NULL, n BIGINT NOT NULL)
    Project project-be7aa701, append-only
        symbol
        window_start
        ROWTIME = window_end
        n
        row (symbol VARCHAR NOT NULL, window_start TIMESTAMP(6) NOT NULL, ROWTIME TIMESTAMP(6) NOT NULL, n BIGINT NOT NULL)
      WindowAggregate window_aggregate-91e935fb, append-only
          window ROWTIME, size 1 min
          keys symbol
          n = COUNT(*)
          state: a group is kept until ROWTIME has passed the end of its window
          row (symbol VARCHAR NOT NULL, window_start TIMESTAMP(6) NOT NULL, window_end TIMESTAMP(6) NOT NULL, n BIGINT NOT NULL)
        Scan scan-3eafda51, append-only
            stream trades
            rowtime ROWTIME
            row (symbol VARCHAR NOT NULL, ROWTIME TIMESTAMP(6) NOT NULL)
