SELECT symbol, SUM(price * quantity) AS turnover FROM trades GROUP BY symbol HAVING COUNT(*) > 1
----
bounded
Project project-3daf0112
    symbol
    turnover
    row (symbol VARCHAR NOT NULL, turnover DECIMAL(38, 2))
  Filter filter-bc498a83
      condition ($f2 > 1:BIGINT)
      row (symbol VARCHAR NOT NULL, turnover DECIMAL(38, 2), $f2 BIGINT NOT NULL)
    Aggregate aggregate-fb7a7a84
        keys symbol
        turnover = SUM($f1)
        $f2 = COUNT(*)
        row (symbol VARCHAR NOT NULL, turnover DECIMAL(38, 2), $f2 BIGINT NOT NULL)
      Project project-d99668b8
          symbol
          $f1 = (price * CAST(quantity AS DECIMAL(10, 0)))
          row (symbol VARCHAR NOT NULL, $f1 DECIMAL(20, 2))
        Scan scan-3eafda51
            stream trades
            row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), quantity INTEGER)
