SELECT STREAM a.id, b.id AS other FROM orders a LEFT JOIN orders b ON a.customer = b.customer AND b.ordered BETWEEN a.ordered - INTERVAL '5' MINUTE AND a.ordered + INTERVAL '10' SECOND
----
endless
Project project-ace23962, append-only
    id
    other = id
    row (id BIGINT NOT NULL, other BIGINT)
  Join join-570dbd54, append-only
      left on left.customer = right.customer
      condition ((right.ordered >= (left.ordered - INTERVAL '300' SECOND)) AND (right.ordered <= (left.ordered + INTERVAL '10' SECOND)))
      state of the left: a row is kept until right.ordered has passed left.ordered + 10 s
      state of the right: a row is kept until left.ordered has passed right.ordered + 5 min
      row (id BIGINT NOT NULL, customer VARCHAR, ordered TIMESTAMP(3), id BIGINT, customer VARCHAR, ordered TIMESTAMP(3))
    Scan scan-6dd2332a, append-only
        stream orders
        rowtime ordered
        watermark for ordered, delay 5 s, idle after 10 s
        row (id BIGINT NOT NULL, customer VARCHAR, ordered TIMESTAMP(3))
    Scan scan-6dd2332a-2, append-only
        stream orders
        rowtime ordered
        watermark for ordered, delay 5 s, idle after 10 s
        row (id BIGINT NOT NULL, customer VARCHAR, ordered TIMESTAMP(3))
