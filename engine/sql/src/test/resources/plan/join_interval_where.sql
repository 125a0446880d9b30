SELECT STREAM a.id FROM orders a, orders b WHERE a.customer = b.customer AND b.ROWTIME < a.ROWTIME + INTERVAL '1' HOUR AND b.ROWTIME >= a.ROWTIME
----
endless
Project project-19c04065, append-only
    id
    row (id BIGINT NOT NULL)
  Join join-b7c4e992, append-only
      inner on left.customer = right.customer
      condition ((right.ROWTIME < (left.ROWTIME + INTERVAL '3600' SECOND)) AND (right.ROWTIME >= left.ROWTIME))
      state of the left: a row is kept until right.ROWTIME has passed left.ROWTIME + 3599.999999 s
      state of the right: a row is kept until left.ROWTIME has passed right.ROWTIME
      row (id BIGINT NOT NULL, customer VARCHAR, ROWTIME TIMESTAMP(6) NOT NULL, customer VARCHAR, ROWTIME TIMESTAMP(6) NOT NULL)
    Scan scan-6dd2332a, append-only
        stream orders
        rowtime ROWTIME
        watermark for ordered, delay 5 s, idle after 10 s
        row (id BIGINT NOT NULL, customer VARCHAR, ROWTIME TIMESTAMP(6) NOT NULL)
    Scan scan-6dd2332a-2, append-only
        stream orders
        rowtime ROWTIME
        watermark for ordered, delay 5 s, idle after 10 s
        row (customer VARCHAR, ROWTIME TIMESTAMP(6) NOT NULL)
