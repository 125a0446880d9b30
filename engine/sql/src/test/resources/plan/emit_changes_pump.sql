CREATE PUMP p AS INSERT INTO per_minute SELECT STREAM COUNT(*), SUM(quantity) FROM trades EMIT CHANGES
----
pump p into per_minute [0, 1, 2]
endless
Project project-6f7a142c, append-only
    symbol = op
    trades = CAST(EXPR$0 AS INTEGER)
    volume = CAST(EXPR$1 AS DOUBLE)
    row (symbol VARCHAR NOT NULL, trades INTEGER NOT NULL, volume DOUBLE)
  Changes changes-d1393030, append-only
      row (op VARCHAR NOT NULL, EXPR$0 BIGINT NOT NULL, EXPR$1 BIGINT)
    Consolidate consolidate-ff29f833, updating
        net changes of each step
        row (EXPR$0 BIGINT NOT NULL, EXPR$1 BIGINT)
      Aggregate aggregate-473d1c20, updating
          EXPR$0 = COUNT(*)
          EXPR$1 = SUM(quantity)
          state: one group is kept for ever
          row (EXPR$0 BIGINT NOT NULL, EXPR$1 BIGINT)
        Scan scan-3eafda51, append-only
            stream trades
            row (quantity INTEGER)
