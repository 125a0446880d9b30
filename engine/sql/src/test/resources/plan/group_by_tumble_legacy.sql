SELECT STREAM TUMBLE_START(ROWTIME, INTERVAL '1' MINUTE), COUNT(*) FROM trades GROUP BY TUMBLE(ROWTIME, INTERVAL '1' MINUTE)
----
endless
Aggregate aggregate-6cd463b7, append-only
    keys EXPR$0
    count = COUNT(*)
    closes when EXPR$0 < STEP(bound, INTERVAL '60' SECOND)
    state: a group is kept until it closes
    row (tumble_start TIMESTAMP(6) NOT NULL, count BIGINT NOT NULL)
  Project project-1ea4061e, append-only
      EXPR$0 = STEP(ROWTIME, INTERVAL '60' SECOND)
      row (EXPR$0 TIMESTAMP(6) NOT NULL)
    Scan scan-3eafda51, append-only
        stream trades
        rowtime ROWTIME
        row (ROWTIME TIMESTAMP(6) NOT NULL)
