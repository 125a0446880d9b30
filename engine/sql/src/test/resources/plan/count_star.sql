SELECT COUNT(*) FROM trades
----
bounded
Aggregate aggregate-914ba4d0
    count = COUNT(*)
    row (count BIGINT NOT NULL)
  Scan scan-3eafda51
      stream trades
      row ()
