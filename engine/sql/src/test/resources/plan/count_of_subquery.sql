SELECT COUNT(*) FROM (SELECT * FROM trades WHERE price > 1) AS t
----
bounded
Aggregate aggregate-f46fce68
    count = COUNT(*)
    row (count BIGINT NOT NULL)
  Filter filter-398948be
      condition (price > 1.00)
      row (price DECIMAL(10, 2))
    Scan scan-3eafda51
        stream trades
        row (price DECIMAL(10, 2))
