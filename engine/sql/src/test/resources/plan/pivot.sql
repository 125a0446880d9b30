SELECT * FROM trades PIVOT (SUM(quantity) AS volume, COUNT(*) AS n FOR symbol IN ('A' AS a, 'B' AS b))
----
bounded
Aggregate aggregate-035d4d81
    keys price, traded
    a_volume = SUM(quantity) FILTER ($f4)
    a_n = COUNT(*) FILTER ($f4)
    b_volume = SUM(quantity) FILTER ($f5)
    b_n = COUNT(*) FILTER ($f5)
    row (price DECIMAL(10, 2), traded TIMESTAMP(6), a_volume BIGINT, a_n BIGINT NOT NULL, b_volume BIGINT, b_n BIGINT NOT NULL)
  Project project-aa5f0aa4
      price
      traded
      quantity
      $f4 = (symbol = 'A')
      $f5 = (symbol = 'B')
      row (price DECIMAL(10, 2), traded TIMESTAMP(6), quantity INTEGER, $f4 BOOLEAN NOT NULL, $f5 BOOLEAN NOT NULL)
    Scan scan-3eafda51
        stream trades
        row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), quantity INTEGER, traded TIMESTAMP(6))
