CREATE MATERIALIZED VIEW v (s, n) AS SELECT symbol, COUNT(*) FROM trades GROUP BY symbol EMIT EVERY INTERVAL '2' SECOND
----
view v ROW(s VARCHAR NOT NULL, n BIGINT NOT NULL)
endless
Consolidate consolidate-a6e4e7cd, updating
    net changes every 2 s
    state: what has changed is kept until it is put out
    row (s VARCHAR NOT NULL, n BIGINT NOT NULL)
  Project project-66198644, updating
      s = symbol
      n = EXPR$1
      row (s VARCHAR NOT NULL, n BIGINT NOT NULL)
    Aggregate aggregate-f0be64ea, updating
        keys symbol
        EXPR$1 = COUNT(*)
        state: groups are kept for ever
        row (symbol VARCHAR NOT NULL, EXPR$1 BIGINT NOT NULL)
      Scan scan-3eafda51, append-only
          stream trades
          row (symbol VARCHAR NOT NULL)
