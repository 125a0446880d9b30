SELECT * FROM (SELECT symbol, price FROM trades) AS t WHERE t.ROWTIME > TIMESTAMP '2026-01-01 00:00:00'
----
bounded
Project project-d1120865
    symbol
    price
    row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2))
  Filter filter-f5f64223
      condition (ROWTIME > TIMESTAMP '2026-01-01T00:00')
      row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), ROWTIME TIMESTAMP(6) NOT NULL)
    Scan scan-3eafda51
        stream trades
        row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), ROWTIME TIMESTAMP(6) NOT NULL)
