CREATE PUMP p AS INSERT INTO per_minute (symbol, trades) SELECT STREAM symbol, n FROM (SELECT symbol, price FROM trades WHERE quantity > 1)
  MATCH_RECOGNIZE (PARTITION BY symbol ORDER BY ROWTIME MEASURES CAST(COUNT(*) AS INTEGER) AS n PATTERN (A+ B) DEFINE B AS B.price > AVG(A.price))
----
pump p into per_minute [0, 1]
endless, rowtime ROWTIME
Project project-255b6b51, append-only
    symbol
    trades = n
    ROWTIME
    row (symbol VARCHAR NOT NULL, trades INTEGER, ROWTIME TIMESTAMP(6))
  Match match-98e24a54, append-only
      partition symbol
      order ROWTIME NULLS LAST
      pattern A{1,} B
      B where (LAST(B.price, 0) > RUNNING AVG(price) of A)
      n = CAST(RUNNING COUNT(*) of * AS INTEGER)
      ROWTIME = current ROWTIME
      one row a match, then past its last row
      state: rows are kept for as long as a match that has begun may need them
      row (symbol VARCHAR NOT NULL, n INTEGER, ROWTIME TIMESTAMP(6))
    Project project-cfead526, append-only
        symbol
        price
        ROWTIME
        row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), ROWTIME TIMESTAMP(6) NOT NULL)
      Filter filter-0bf06ee5, append-only
          condition (quantity > 1)
          row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), quantity INTEGER, ROWTIME TIMESTAMP(6) NOT NULL)
        Scan scan-3eafda51, append-only
            stream trades
            rowtime ROWTIME
            row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), quantity INTEGER, ROWTIME TIMESTAMP(6) NOT NULL)
