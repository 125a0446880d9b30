WITH big AS (SELECT symbol, price FROM trades WHERE quantity > 1000) SELECT symbol, MAX(price) FROM big GROUP BY symbol
----
bounded
Aggregate aggregate-beab5154
    keys symbol
    max = MAX(price)
    row (symbol VARCHAR NOT NULL, max DECIMAL(10, 2))
  Filter filter-dcfaa9e7
      condition (quantity > 1000)
      row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), quantity INTEGER)
    Scan scan-3eafda51
        stream trades
        row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), quantity INTEGER)
