SELECT STREAM window_end, customer, AVG(amount) AS mean
FROM TABLE(HOP(TABLE orders, DESCRIPTOR(ordered), INTERVAL '1' MINUTE, INTERVAL '5' MINUTE))
WHERE amount > 0
GROUP BY window_start, window_end, customer
----
endless
Project project-4644b7d5, append-only
    window_end
    customer
    mean
    row (window_end TIMESTAMP(6) NOT NULL, customer VARCHAR, mean DOUBLE)
  WindowAggregate window_aggregate-081db251, append-only
      window ordered, size 5 min, slide 1 min
      keys customer
      mean = AVG(amount)
      state: a group is kept until ordered has passed the end of its window
      row (customer VARCHAR, window_start TIMESTAMP(6) NOT NULL, window_end TIMESTAMP(6) NOT NULL, mean DOUBLE)
    Filter filter-414c41a4, append-only
        condition (amount > 0.0:DOUBLE)
        row (customer VARCHAR, amount DOUBLE, ordered TIMESTAMP(3))
      Scan scan-6dd2332a, append-only
          stream orders
          rowtime ordered
          watermark for ordered, delay 5 s, idle after 10 s
          row (customer VARCHAR, amount DOUBLE, ordered TIMESTAMP(3))
