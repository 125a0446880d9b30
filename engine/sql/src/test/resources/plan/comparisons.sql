SELECT id FROM orders WHERE amount > 5 AND id IN (1, 2, 3) AND customer LIKE 'a%' AND ordered BETWEEN TIMESTAMP '2026-01-01 00:00:00' AND TIMESTAMP '2026-02-01 00:00:00.123456' AND customer NOT IN ('x', 'y')
----
bounded
Project project-2ab3b9ee
    id
    row (id BIGINT NOT NULL)
  Filter filter-23894386
      condition ((amount > 5.0:DOUBLE) AND ((id = 1:BIGINT) OR (id = 2:BIGINT) OR (id = 3:BIGINT)) AND LIKE(customer, 'a%') AND (ordered >= TIMESTAMP '2026-01-01T00:00') AND (ordered <= TIMESTAMP '2026-02-01T00:00:00.123456') AND NOT(((customer = 'x') OR (customer = 'y'))))
      row (id BIGINT NOT NULL, customer VARCHAR, amount DOUBLE, ordered TIMESTAMP(3))
    Scan scan-6dd2332a
        stream orders
        watermark for ordered, delay 5 s, idle after 10 s
        row (id BIGINT NOT NULL, customer VARCHAR, amount DOUBLE, ordered TIMESTAMP(3))
