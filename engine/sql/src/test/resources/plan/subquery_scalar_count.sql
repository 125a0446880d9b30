SELECT symbol, (SELECT COUNT(*) + 1 FROM orders o WHERE o.customer = t.symbol) FROM trades t
----
bounded
Project project-705c1f32
    symbol
    ?column? = (CASE WHEN ($call1 IS NULL) THEN 0:BIGINT ELSE $call1 END + 1:BIGINT)
    row (symbol VARCHAR NOT NULL, ?column? BIGINT NOT NULL)
  Join join-9846d372
      left on left.symbol is not distinct from right.$outer1
      row (symbol VARCHAR NOT NULL, $outer1 VARCHAR, $call1 BIGINT)
    Scan scan-3eafda51
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
