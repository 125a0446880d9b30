SELECT STREAM * FROM per_minute UNPIVOT (amount FOR what IN (trades AS 'count', volume AS 'volume'))
----
endless
Project project-d65dd299, append-only
    symbol
    what
    amount
    row (symbol VARCHAR NOT NULL, what VARCHAR, amount DOUBLE)
  Filter filter-0a502b53, append-only
      condition (amount IS NOT NULL)
      row (symbol VARCHAR NOT NULL, $parts ROW(what VARCHAR, amount DOUBLE) ARRAY NOT NULL, what VARCHAR, amount DOUBLE)
    Unnest unnest-eb8595ae, append-only
        elements of $parts
        row (symbol VARCHAR NOT NULL, $parts ROW(what VARCHAR, amount DOUBLE) ARRAY NOT NULL, what VARCHAR, amount DOUBLE)
      Project project-ed640a01, append-only
          symbol
          $parts = ARRAY(ROW('count', CAST(trades AS DOUBLE)), ROW('volume', volume))
          row (symbol VARCHAR NOT NULL, $parts ROW(what VARCHAR, amount DOUBLE) ARRAY NOT NULL)
        Scan scan-189bffaa, append-only
            stream per_minute
            row (symbol VARCHAR NOT NULL, trades INTEGER, volume DOUBLE)
