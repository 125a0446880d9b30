SELECT symbol, price FROM trades ORDER BY price DESC, quantity LIMIT 10 OFFSET 5
----
bounded
Project project-784ea7e0
    symbol
    price
    row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2))
  Sort sort-835899de
      by price DESC NULLS FIRST, quantity NULLS LAST
      offset 5
      limit 10
      row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), quantity INTEGER)
    Scan scan-3eafda51
        stream trades
        row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), quantity INTEGER)
