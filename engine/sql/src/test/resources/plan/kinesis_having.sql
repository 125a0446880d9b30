SELECT STREAM symbol, COUNT(*) AS n FROM trades AS s GROUP BY s.symbol, FLOOR(s.ROWTIME TO MINUTE) HAVING COUNT(*) > 3
----
endless
Project project-cced900c, append-only
    symbol
    n
    row (symbol VARCHAR NOT NULL, n BIGINT NOT NULL)
  Filter filter-df98273c, append-only
      condition (n > 3:BIGINT)
      row (symbol VARCHAR NOT NULL, $f1 TIMESTAMP(6) NOT NULL, n BIGINT NOT NULL)
    Aggregate aggregate-772d3226, append-only
        keys symbol, $f1
        n = COUNT(*)
        closes when $f1 < FLOOR(bound, 'MINUTE')
        state: a group is kept until it closes
        row (symbol VARCHAR NOT NULL, $f1 TIMESTAMP(6) NOT NULL, n BIGINT NOT NULL)
      Project project-908a4776, append-only
          symbol
          $f1 = FLOOR(ROWTIME, 'MINUTE')
          row (symbol VARCHAR NOT NULL, $f1 TIMESTAMP(6) NOT NULL)
        Scan scan-3eafda51, append-only
            stream trades
            rowtime ROWTIME
            row (symbol VARCHAR NOT NULL, ROWTIME TIMESTAMP(6) NOT NULL)
