CREATE MATERIALIZED VIEW best (name, price) AS SELECT symbol, MAX(price) FROM trades GROUP BY symbol HAVING MAX(price) > 100
----
view best ROW(name VARCHAR NOT NULL, price DECIMAL(10, 2))
endless
Project project-c0e87a80, updating
    name = symbol
    price = EXPR$1
    row (name VARCHAR NOT NULL, price DECIMAL(10, 2))
  Filter filter-f67e2658, updating
      condition (EXPR$1 > 100.00)
      row (symbol VARCHAR NOT NULL, EXPR$1 DECIMAL(10, 2))
    Aggregate aggregate-cebc5bba, updating
        keys symbol
        EXPR$1 = MAX(price)
        state: groups are kept for ever
        row (symbol VARCHAR NOT NULL, EXPR$1 DECIMAL(10, 2))
      Scan scan-3eafda51, append-only
          stream trades
          row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2))
