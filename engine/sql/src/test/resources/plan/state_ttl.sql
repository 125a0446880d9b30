SELECT /*+ STATE_TTL('1 day') */ STREAM DISTINCT symbol FROM trades

----
endless, state without rows for PT24H is forgotten
Aggregate aggregate-41fc7a7e, append-only
    keys symbol
    state: groups are kept while rows come within PT24H
    row (symbol VARCHAR NOT NULL)
  Scan scan-3eafda51, append-only
      stream trades
      row (symbol VARCHAR NOT NULL)
