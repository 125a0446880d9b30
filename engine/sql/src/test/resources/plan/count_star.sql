SELECT COUNT(*) FROM trades
----
bounded
Aggregate aggregate-914ba4d0
    EXPR$0 = COUNT(*)
    row (EXPR$0 BIGINT NOT NULL)
  Scan scan-3eafda51
      stream trades
      row ()
