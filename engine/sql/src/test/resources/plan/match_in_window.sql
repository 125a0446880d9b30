SELECT STREAM window_start, COUNT(*) FROM TABLE(TUMBLE((
  SELECT * FROM orders MATCH_RECOGNIZE (ORDER BY ordered MEASURES A.id AS id, B.ordered AS closed PATTERN (A B) DEFINE B AS B.amount > A.amount)
), DESCRIPTOR(closed), INTERVAL '1' HOUR)) GROUP BY window_start, window_end
----
endless
Project project-687c6fb4, append-only
    window_start
    count = EXPR$1
    row (window_start TIMESTAMP(6) NOT NULL, count BIGINT NOT NULL)
  WindowAggregate window_aggregate-248ae489, append-only
      window closed, size 1 h
      EXPR$1 = COUNT(*)
      state: a group is kept until closed has passed the end of its window
      row (window_start TIMESTAMP(6) NOT NULL, window_end TIMESTAMP(6) NOT NULL, EXPR$1 BIGINT NOT NULL)
    Match match-c0b1251a, append-only
        order ordered NULLS LAST
        pattern A B
        B where (LAST(B.amount, 0) > LAST(A.amount, 0))
        closed = LAST(B.ordered, 0)
        one row a match, then past its last row
        state: rows are kept for as long as a match that has begun may need them
        row (closed TIMESTAMP(3))
      Scan scan-6dd2332a, append-only
          stream orders
          rowtime ordered
          watermark for ordered, delay 5 s, idle after 10 s
          row (amount DOUBLE, ordered TIMESTAMP(3))
