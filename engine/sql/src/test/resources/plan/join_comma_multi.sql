SELECT COUNT(*) FROM trades t, orders o, events e WHERE t.symbol = o.customer AND o.id = e.id AND e.body LIKE 'a%'
----
bounded
Aggregate aggregate-5c3f2357
    count = COUNT(*)
    row (count BIGINT NOT NULL)
  Join join-817e800c
      inner on left.id = right.$key0
      row (symbol VARCHAR NOT NULL, id BIGINT NOT NULL, customer VARCHAR, $key0 BIGINT)
    Join join-7b251b77
        inner on left.symbol = right.customer
        row (symbol VARCHAR NOT NULL, id BIGINT NOT NULL, customer VARCHAR)
      Scan scan-3eafda51
          stream trades
          row (symbol VARCHAR NOT NULL)
      Scan scan-6dd2332a
          stream orders
          watermark for ordered, delay 5 s, idle after 10 s
          row (id BIGINT NOT NULL, customer VARCHAR)
    Project project-25f069ac
        $key0 = CAST(id AS BIGINT)
        row ($key0 BIGINT)
      Filter filter-eb957a84
          condition LIKE(body, 'a%')
          row (id INTEGER, body VARCHAR)
        Scan scan-36459fae
            stream events
            row (id INTEGER, body VARCHAR)
