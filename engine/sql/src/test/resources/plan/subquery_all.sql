SELECT symbol FROM trades WHERE quantity > ALL (SELECT id FROM orders)
----
bounded
Project project-41395203
    symbol
    row (symbol VARCHAR NOT NULL)
  Join join-b8535a52
      inner
      condition NOT(CASE WHEN (right.$call0 = 0:BIGINT) THEN FALSE WHEN (CAST(left.quantity AS BIGINT) <= right.$call2) THEN TRUE WHEN ((CAST(left.quantity AS BIGINT) IS NULL) OR (right.$call1 < right.$call0)) THEN CAST(NULL AS BOOLEAN) ELSE FALSE END)
      row (symbol VARCHAR NOT NULL, quantity INTEGER, $call0 BIGINT NOT NULL, $call1 BIGINT NOT NULL, $call2 BIGINT)
    Scan scan-3eafda51
        stream trades
        row (symbol VARCHAR NOT NULL, quantity INTEGER)
    Aggregate aggregate-53d1acea
        $call0 = COUNT(*)
        $call1 = COUNT(id)
        $call2 = MAX(id)
        row ($call0 BIGINT NOT NULL, $call1 BIGINT NOT NULL, $call2 BIGINT)
      Scan scan-6dd2332a
          stream orders
          watermark for ordered, delay 5 s, idle after 10 s
          row (id BIGINT NOT NULL)
