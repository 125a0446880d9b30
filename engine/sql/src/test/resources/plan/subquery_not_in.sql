SELECT symbol FROM trades WHERE symbol NOT IN (SELECT customer FROM orders)
----
bounded
Project project-1c4551ca
    symbol
    row (symbol VARCHAR NOT NULL)
  Join join-fe4a35db
      inner
      condition NOT(CASE WHEN (right.$call0 = 0:BIGINT) THEN FALSE WHEN (left.$value1 IS NOT NULL) THEN TRUE WHEN ((left.symbol IS NULL) OR (right.$call1 < right.$call0)) THEN CAST(NULL AS BOOLEAN) ELSE FALSE END)
      row (symbol VARCHAR NOT NULL, customer VARCHAR, $value1 BOOLEAN, $call0 BIGINT NOT NULL, $call1 BIGINT NOT NULL)
    Join join-72e98b76
        left on left.symbol = right.customer
        row (symbol VARCHAR NOT NULL, customer VARCHAR, $value1 BOOLEAN)
      Scan scan-3eafda51
          stream trades
          row (symbol VARCHAR NOT NULL)
      Project project-853a166e
          customer
          $value1 = TRUE
          row (customer VARCHAR, $value1 BOOLEAN NOT NULL)
        Aggregate aggregate-99fe2758
            keys customer
            row (customer VARCHAR)
          Scan scan-6dd2332a
              stream orders
              watermark for ordered, delay 5 s, idle after 10 s
              row (customer VARCHAR)
    Aggregate aggregate-ec70b52e
        $call0 = COUNT(*)
        $call1 = COUNT(customer)
        row ($call0 BIGINT NOT NULL, $call1 BIGINT NOT NULL)
      Scan scan-6dd2332a-2
          stream orders
          watermark for ordered, delay 5 s, idle after 10 s
          row (customer VARCHAR)
