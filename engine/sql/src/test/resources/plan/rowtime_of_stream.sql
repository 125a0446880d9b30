SELECT STREAM ROWTIME, t.APPROXIMATE_ARRIVAL_TIME, partition_key, symbol FROM trades AS t
----
endless
Project project-deb9422b, append-only
    ROWTIME
    APPROXIMATE_ARRIVAL_TIME
    partition_key = PARTITION_KEY
    symbol
    row (ROWTIME TIMESTAMP(6) NOT NULL, APPROXIMATE_ARRIVAL_TIME TIMESTAMP(6) NOT NULL, partition_key VARCHAR, symbol VARCHAR NOT NULL)
  Scan scan-3eafda51, append-only
      stream trades
      row (symbol VARCHAR NOT NULL, ROWTIME TIMESTAMP(6) NOT NULL, APPROXIMATE_ARRIVAL_TIME TIMESTAMP(6) NOT NULL, PARTITION_KEY VARCHAR)
