SELECT a.id, b.id FROM orders a CROSS JOIN events b
----
bounded
Join join-78d00b32
    inner
    row (id BIGINT NOT NULL, id INTEGER)
  Scan scan-6dd2332a
      stream orders
      watermark for ordered, delay 5 s, idle after 10 s
      row (id BIGINT NOT NULL)
  Scan scan-36459fae
      stream events
      row (id INTEGER)
