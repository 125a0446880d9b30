SELECT symbol, SUM(quantity) OVER w AS total, AVG(price) OVER w AS mean, COUNT(*) OVER (PARTITION BY symbol) AS n, ROW_NUMBER() OVER w AS r,
  LAG(price, 2, 0.0) OVER w AS before, FIRST_VALUE(price) IGNORE NULLS OVER w AS opening, MAX(quantity + 1) OVER (PARTITION BY symbol ORDER BY traded ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS most
FROM trades WINDOW w AS (PARTITION BY symbol ORDER BY traded)
----
bounded
Project project-b52a82c7
    symbol
    total = $12
    mean = $13
    n = $18
    r = $14
    before = $15
    opening = $16
    most = $17
    row (symbol VARCHAR NOT NULL, total BIGINT, mean DECIMAL(10, 2), n BIGINT NOT NULL, r BIGINT NOT NULL, before DECIMAL(10, 2), opening DECIMAL(10, 2), most INTEGER)
  Over over-519026e6
      partition symbol
      $18 = COUNT(*) RANGE first … last
      row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), quantity INTEGER, traded TIMESTAMP(6), $10 DECIMAL(10, 2) NOT NULL, $11 INTEGER, $12 BIGINT, $13 DECIMAL(10, 2), $14 BIGINT NOT NULL, $15 DECIMAL(10, 2), $16 DECIMAL(10, 2), $17 INTEGER, $18 BIGINT NOT NULL)
    Over over-545d73dc
        partition symbol
        order traded NULLS LAST
        $12 = SUM(quantity) RANGE first … current
        $13 = AVG(price) RANGE first … current
        $14 = ROW_NUMBER()
        $15 = LAG(price, 2, $10)
        $16 = FIRST_VALUE(price) IGNORE NULLS RANGE first … current
        $17 = MAX($11) ROWS −2 … current
        row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), quantity INTEGER, traded TIMESTAMP(6), $10 DECIMAL(10, 2) NOT NULL, $11 INTEGER, $12 BIGINT, $13 DECIMAL(10, 2), $14 BIGINT NOT NULL, $15 DECIMAL(10, 2), $16 DECIMAL(10, 2), $17 INTEGER)
      Project project-e347a648
          symbol
          price
          quantity
          traded
          $10 = 0.00
          $11 = (quantity + 1)
          row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), quantity INTEGER, traded TIMESTAMP(6), $10 DECIMAL(10, 2) NOT NULL, $11 INTEGER)
        Scan scan-3eafda51
            stream trades
            row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), quantity INTEGER, traded TIMESTAMP(6))
