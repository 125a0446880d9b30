SELECT symbol, COUNT(*) AS n, COUNT(DISTINCT quantity) AS sizes, AVG(price) AS mean, STDDEV_SAMP(quantity) AS spread,
  MIN(traded) AS first_time, EVERY(quantity > 0) AS all_positive, FIRST_VALUE(price) AS opening, SUM(quantity) FILTER (WHERE price > 5) AS dear
FROM trades GROUP BY symbol
----
bounded
Aggregate aggregate-1829936b
    keys symbol
    n = COUNT(*)
    sizes = COUNT(DISTINCT quantity)
    mean = AVG(price)
    spread = STDDEV_SAMP(quantity)
    first_time = MIN(traded)
    all_positive = EVERY($f4)
    opening = FIRST_VALUE(price)
    dear = SUM(quantity) FILTER ($f5)
    row (symbol VARCHAR NOT NULL, n BIGINT NOT NULL, sizes BIGINT NOT NULL, mean DECIMAL(10, 2), spread DOUBLE, first_time TIMESTAMP(6), all_positive BOOLEAN, opening DECIMAL(10, 2), dear BIGINT)
  Project project-5b7d5747
      symbol
      quantity
      price
      traded
      $f4 = (quantity > 0)
      $f5 = ((price > 5.00) IS TRUE)
      row (symbol VARCHAR NOT NULL, quantity INTEGER, price DECIMAL(10, 2), traded TIMESTAMP(6), $f4 BOOLEAN, $f5 BOOLEAN NOT NULL)
    Scan scan-3eafda51
        stream trades
        row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), quantity INTEGER, traded TIMESTAMP(6))
