SELECT symbol, SUM(quantity) AS q, RANK() OVER (ORDER BY SUM(quantity) DESC) AS r FROM trades GROUP BY symbol
----
bounded
Project project-e29c7238
    symbol
    q
    r = $3
    row (symbol VARCHAR NOT NULL, q BIGINT, r BIGINT NOT NULL)
  Over over-32d10188
      order q DESC NULLS FIRST
      $3 = RANK()
      row (symbol VARCHAR NOT NULL, q BIGINT, $3 BIGINT NOT NULL)
    Aggregate aggregate-6efcd6d9
        keys symbol
        q = SUM(quantity)
        row (symbol VARCHAR NOT NULL, q BIGINT)
      Scan scan-3eafda51
          stream trades
          row (symbol VARCHAR NOT NULL, quantity INTEGER)
