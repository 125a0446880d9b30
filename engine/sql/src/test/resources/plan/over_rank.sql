SELECT symbol, RANK() OVER (ORDER BY price DESC), DENSE_RANK() OVER (ORDER BY price DESC), NTILE(4) OVER (ORDER BY price), CUME_DIST() OVER (ORDER BY price), PERCENT_RANK() OVER (ORDER BY price), NTH_VALUE(symbol, 2) OVER (ORDER BY price) FROM trades
----
bounded
Project project-c65c110c
    symbol
    rank = $10
    dense_rank = $11
    ntile = $12
    cume_dist = $13
    percent_rank = $14
    nth_value = $15
    row (symbol VARCHAR NOT NULL, rank BIGINT NOT NULL, dense_rank BIGINT NOT NULL, ntile BIGINT NOT NULL, cume_dist DOUBLE NOT NULL, percent_rank DOUBLE NOT NULL, nth_value VARCHAR)
  Over over-0998927f
      order price NULLS LAST
      $12 = NTILE(4)
      $13 = CUME_DIST()
      $14 = PERCENT_RANK()
      $15 = NTH_VALUE(symbol, 2) RANGE first … current
      row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), $10 BIGINT NOT NULL, $11 BIGINT NOT NULL, $12 BIGINT NOT NULL, $13 DOUBLE NOT NULL, $14 DOUBLE NOT NULL, $15 VARCHAR)
    Over over-676a9d29
        order price DESC NULLS FIRST
        $10 = RANK()
        $11 = DENSE_RANK()
        row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), $10 BIGINT NOT NULL, $11 BIGINT NOT NULL)
      Scan scan-3eafda51
          stream trades
          row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2))
