SELECT symbol, price FROM trades QUALIFY ROW_NUMBER() OVER (PARTITION BY symbol ORDER BY price DESC) <= 3
----
bounded
TopN top_n-2257c0fb
    partition symbol
    order price DESC NULLS FIRST
    ROW_NUMBER from 1 to 3
    row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2))
  Scan scan-3eafda51
      stream trades
      row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2))
