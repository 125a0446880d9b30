INSERT INTO per_minute (symbol, volume) SELECT symbol, SUM(quantity) FROM trades GROUP BY symbol
----
insert into per_minute [0, 2]
bounded
Project project-0f67911f
    symbol
    volume = CAST(EXPR$1 AS DOUBLE)
    row (symbol VARCHAR NOT NULL, volume DOUBLE)
  Aggregate aggregate-6efcd6d9
      keys symbol
      EXPR$1 = SUM(quantity)
      row (symbol VARCHAR NOT NULL, EXPR$1 BIGINT)
    Scan scan-3eafda51
        stream trades
        row (symbol VARCHAR NOT NULL, quantity INTEGER)
