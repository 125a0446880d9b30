SELECT symbol FROM trades WHERE traded >= '2026-01-01 00:00:00' AND traded < CAST('2026-02-01' AS TIMESTAMP)
----
bounded
Project project-bf5a7647
    symbol
    row (symbol VARCHAR NOT NULL)
  Filter filter-c0c0263a
      condition ((traded >= TIMESTAMP '2026-01-01T00:00') AND (traded < CAST('2026-02-01' AS TIMESTAMP(6))))
      row (symbol VARCHAR NOT NULL, traded TIMESTAMP(6))
    Scan scan-3eafda51
        stream trades
        row (symbol VARCHAR NOT NULL, traded TIMESTAMP(6))
