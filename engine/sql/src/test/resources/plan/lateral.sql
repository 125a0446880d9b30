SELECT t.symbol, l.n FROM trades t, LATERAL (SELECT COUNT(*) AS n FROM orders o WHERE o.customer = t.symbol) l
----
bounded
Project project-6f1eb26a
    symbol
    n
    row (symbol VARCHAR NOT NULL, n BIGINT NOT NULL)
  Join join-9f751bdc
      inner on left.symbol is not distinct from right.$outer0
      row (symbol VARCHAR NOT NULL, n BIGINT NOT NULL, $outer0 VARCHAR NOT NULL)
    Scan scan-3eafda51
        stream trades
        row (symbol VARCHAR NOT NULL)
    Project project-40c459f1
        n = CASE WHEN ($call1 IS NULL) THEN 0:BIGINT ELSE $call1 END
        $outer0
        row (n BIGINT NOT NULL, $outer0 VARCHAR NOT NULL)
      Join join-79825cde
          left on left.$outer0 is not distinct from right.$outer1
          row ($outer0 VARCHAR NOT NULL, $outer1 VARCHAR, $call1 BIGINT)
        Aggregate aggregate-41fc7a7e
            keys symbol
            row ($outer0 VARCHAR NOT NULL)
          Scan scan-3eafda51-2
              stream trades
              row (symbol VARCHAR NOT NULL)
        Aggregate aggregate-66a2e076
            keys customer
            $call1 = COUNT(*)
            row ($outer1 VARCHAR, $call1 BIGINT NOT NULL)
          Filter filter-ad07d9a9
              condition (customer IS NOT NULL)
              row (customer VARCHAR)
            Scan scan-6dd2332a
                stream orders
                watermark for ordered, delay 5 s, idle after 10 s
                row (customer VARCHAR)
