SELECT symbol FROM trades ORDER BY price * 2 NULLS FIRST
----
bounded
Project project-9cfe3951
    symbol
    row (symbol VARCHAR NOT NULL)
  Sort sort-d8b9d6ec
      by EXPR$1 NULLS FIRST
      row (symbol VARCHAR NOT NULL, EXPR$1 DECIMAL(20, 2))
    Project project-6519e382
        symbol
        EXPR$1 = (price * 2)
        row (symbol VARCHAR NOT NULL, EXPR$1 DECIMAL(20, 2))
      Scan scan-3eafda51
          stream trades
          row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2))
