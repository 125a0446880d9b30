SELECT STREAM FLOOR(ROWTIME TO MINUTE), COUNT(*) AS n FROM trades GROUP BY FLOOR(ROWTIME TO MINUTE) EMIT CHANGES ON UPDATE
----
endless
Changes changes-9f72fbc5, append-only
    row (op VARCHAR NOT NULL, floor TIMESTAMP(6) NOT NULL, n BIGINT NOT NULL)
  Consolidate consolidate-91e31e41, updating
      net changes of each step
      row (floor TIMESTAMP(6) NOT NULL, n BIGINT NOT NULL)
    Aggregate aggregate-b7c9f1c4, updating
        keys EXPR$0
        n = COUNT(*)
        closes when EXPR$0 < FLOOR(bound, 'MINUTE')
        emits every change
        state: a group is kept until it closes
        row (floor TIMESTAMP(6) NOT NULL, n BIGINT NOT NULL)
      Project project-328cf85f, append-only
          EXPR$0 = FLOOR(ROWTIME, 'MINUTE')
          row (EXPR$0 TIMESTAMP(6) NOT NULL)
        Scan scan-3eafda51, append-only
            stream trades
            rowtime ROWTIME
            row (ROWTIME TIMESTAMP(6) NOT NULL)
