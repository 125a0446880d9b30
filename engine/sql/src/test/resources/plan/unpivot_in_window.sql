SELECT STREAM window_end, what, MAX(v) FROM TABLE(TUMBLE((SELECT * FROM trades UNPIVOT INCLUDE NULLS (v FOR what IN (price, quantity))), DESCRIPTOR(ROWTIME), INTERVAL '1' HOUR)) GROUP BY window_start, window_end, what
----
endless
Project project-7dedeb23, append-only
    window_end
    what
    max = EXPR$2
    row (window_end TIMESTAMP(6) NOT NULL, what VARCHAR(8), max DECIMAL(12, 2))
  WindowAggregate window_aggregate-0fdc5852, append-only
      window ROWTIME, size 1 h
      keys what
      EXPR$2 = MAX(v)
      state: a group is kept until ROWTIME has passed the end of its window
      row (what VARCHAR(8), window_start TIMESTAMP(6) NOT NULL, window_end TIMESTAMP(6) NOT NULL, EXPR$2 DECIMAL(12, 2))
    Project project-bf5d1d97, append-only
        what
        v
        ROWTIME
        row (what VARCHAR(8), v DECIMAL(12, 2), ROWTIME TIMESTAMP(6) NOT NULL)
      Unnest unnest-27bae695, append-only
          elements of $parts
          row (ROWTIME TIMESTAMP(6) NOT NULL, $parts ROW(what VARCHAR(8), v DECIMAL(12, 2)) ARRAY NOT NULL, what VARCHAR(8), v DECIMAL(12, 2))
        Project project-41b74111, append-only
            ROWTIME
            $parts = ARRAY(ROW('price', CAST(price AS DECIMAL(12, 2))), ROW('quantity', CAST(quantity AS DECIMAL(12, 2))))
            row (ROWTIME TIMESTAMP(6) NOT NULL, $parts ROW(what VARCHAR(8), v DECIMAL(12, 2)) ARRAY NOT NULL)
          Scan scan-3eafda51, append-only
              stream trades
              rowtime ROWTIME
              row (price DECIMAL(10, 2), quantity INTEGER, ROWTIME TIMESTAMP(6) NOT NULL)
