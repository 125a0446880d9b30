CREATE PUMP p AS INSERT INTO per_minute (symbol) SELECT STREAM symbol FROM trades QUALIFY ROW_NUMBER() OVER (PARTITION BY symbol ORDER BY ROWTIME) = 1
----
pump p into per_minute [0]
endless, rowtime ROWTIME
TopN top_n-1a966433, append-only
    partition symbol
    order ROWTIME NULLS LAST
    ROW_NUMBER from 1 to 1
    state: a row is kept until ROWTIME has passed it, and for ever of each partition how many rows it has put out
    row (symbol VARCHAR NOT NULL, ROWTIME TIMESTAMP(6) NOT NULL)
  Scan scan-3eafda51, append-only
      stream trades
      rowtime ROWTIME
      row (symbol VARCHAR NOT NULL, ROWTIME TIMESTAMP(6) NOT NULL)
