SELECT symbol, quantity, COUNT(*), GROUPING(symbol, quantity) FROM trades GROUP BY ROLLUP(symbol, quantity)
----
bounded
Project project-0716f711
    symbol
    quantity
    count = EXPR$2
    grouping = EXPR$3
    row (symbol VARCHAR, quantity INTEGER, count BIGINT NOT NULL, grouping BIGINT NOT NULL)
  UnionAll union-adc57817
      row (symbol VARCHAR, quantity INTEGER, EXPR$2 BIGINT NOT NULL, EXPR$3 BIGINT NOT NULL)
    Project project-98d0259d
        symbol
        quantity
        EXPR$2 = $call2
        EXPR$3 = 0:BIGINT
        row (symbol VARCHAR, quantity INTEGER, EXPR$2 BIGINT NOT NULL, EXPR$3 BIGINT NOT NULL)
      Aggregate aggregate-5373e60b
          keys symbol, quantity
          $call2 = COUNT(*)
          row (symbol VARCHAR NOT NULL, quantity INTEGER, $call2 BIGINT NOT NULL)
        Scan scan-3eafda51
            stream trades
            row (symbol VARCHAR NOT NULL, quantity INTEGER)
    Project project-c22771cb
        symbol
        quantity = CAST(NULL AS INTEGER)
        EXPR$2 = $call1
        EXPR$3 = 1:BIGINT
        row (symbol VARCHAR, quantity INTEGER, EXPR$2 BIGINT NOT NULL, EXPR$3 BIGINT NOT NULL)
      Aggregate aggregate-f0be64ea
          keys symbol
          $call1 = COUNT(*)
          row (symbol VARCHAR NOT NULL, $call1 BIGINT NOT NULL)
        Scan scan-3eafda51-2
            stream trades
            row (symbol VARCHAR NOT NULL)
    Project project-e6176307
        symbol = CAST(NULL AS VARCHAR)
        quantity = CAST(NULL AS INTEGER)
        EXPR$2 = $call0
        EXPR$3 = 3:BIGINT
        row (symbol VARCHAR, quantity INTEGER, EXPR$2 BIGINT NOT NULL, EXPR$3 BIGINT NOT NULL)
      Aggregate aggregate-914ba4d0
          $call0 = COUNT(*)
          row ($call0 BIGINT NOT NULL)
        Scan scan-3eafda51-3
            stream trades
            row ()
