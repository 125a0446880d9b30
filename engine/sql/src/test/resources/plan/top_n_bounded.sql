SELECT symbol FROM trades QUALIFY DENSE_RANK() OVER (PARTITION BY symbol ORDER BY price DESC) < 3
----
bounded
Project project-1604f958
    symbol
    row (symbol VARCHAR NOT NULL)
  TopN top_n-60ff42da
      partition symbol
      order price DESC NULLS FIRST
      DENSE_RANK from 1 to 2
      row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2))
    Scan scan-3eafda51
        stream trades
        row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2))
