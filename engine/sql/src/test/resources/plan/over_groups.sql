SELECT SUM(quantity) OVER (ORDER BY quantity GROUPS 1 PRECEDING EXCLUDE TIES), STRING_AGG(symbol, ',') OVER (ORDER BY quantity, symbol RANGE CURRENT ROW) FROM trades
----
bounded
Project project-b4330cdc
    sum = $10
    string_agg = $11
    row (sum BIGINT, string_agg VARCHAR)
  Over over-ba81f48d
      order quantity NULLS LAST, symbol NULLS LAST
      $11 = STRING_AGG(symbol, ',') RANGE current … current
      row (symbol VARCHAR NOT NULL, quantity INTEGER, $10 BIGINT, $11 VARCHAR)
    Over over-e21dd9ee
        order quantity NULLS LAST
        $10 = SUM(quantity) GROUPS −1 … current without ties of current
        row (symbol VARCHAR NOT NULL, quantity INTEGER, $10 BIGINT)
      Scan scan-3eafda51
          stream trades
          row (symbol VARCHAR NOT NULL, quantity INTEGER)
