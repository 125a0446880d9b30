SELECT * FROM orders a JOIN orders b USING (id)
----
bounded
Project project-11a40b7e
    id = CASE WHEN (id IS NOT NULL) THEN id ELSE id END
    customer
    amount
    ordered
    customer0 = customer
    amount0 = amount
    ordered0 = ordered
    row (id BIGINT NOT NULL, customer VARCHAR, amount DOUBLE, ordered TIMESTAMP(3), customer0 VARCHAR, amount0 DOUBLE, ordered0 TIMESTAMP(3))
  Join join-1ef7142d
      inner on left.id = right.id
      row (id BIGINT NOT NULL, customer VARCHAR, amount DOUBLE, ordered TIMESTAMP(3), id BIGINT NOT NULL, customer VARCHAR, amount DOUBLE, ordered TIMESTAMP(3))
    Scan scan-6dd2332a
        stream orders
        watermark for ordered, delay 5 s, idle after 10 s
        row (id BIGINT NOT NULL, customer VARCHAR, amount DOUBLE, ordered TIMESTAMP(3))
    Scan scan-6dd2332a-2
        stream orders
        watermark for ordered, delay 5 s, idle after 10 s
        row (id BIGINT NOT NULL, customer VARCHAR, amount DOUBLE, ordered TIMESTAMP(3))
