SELECT symbol, price FROM trades QUALIFY ROW_NUMBER() OVER (PARTITION BY symbol ORDER BY price DESC) <= 3
----
bounded
Project project-87576b05
    symbol
    price
    row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2))
  Filter filter-4e888dcc
      condition ($10 <= 3:BIGINT)
      row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), $10 BIGINT NOT NULL)
    Over over-a34b6efc
        partition symbol
        order price DESC NULLS FIRST
        $10 = ROW_NUMBER()
        row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), $10 BIGINT NOT NULL)
      Scan scan-3eafda51
          stream trades
          row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2))
