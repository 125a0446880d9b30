SELECT a.id, b.id FROM orders a FULL JOIN orders b ON a.id + 1 = b.id
----
bounded
Project project-7ee634fc
    id
    id
    row (id BIGINT, id BIGINT)
  Join join-ff747de0
      full on left.$key0 = right.id
      row (id BIGINT, $key0 BIGINT, id BIGINT)
    Project project-0f813e14
        id
        $key0 = (id + 1:BIGINT)
        row (id BIGINT NOT NULL, $key0 BIGINT NOT NULL)
      Scan scan-6dd2332a
          stream orders
          watermark for ordered, delay 5 s, idle after 10 s
          row (id BIGINT NOT NULL)
    Scan scan-6dd2332a-2
        stream orders
        watermark for ordered, delay 5 s, idle after 10 s
        row (id BIGINT NOT NULL)
