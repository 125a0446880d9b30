SELECT symbol, STRING_AGG(symbol, ',' ORDER BY price DESC), LISTAGG(symbol) WITHIN GROUP (ORDER BY price), ARRAY_AGG(price),
  PERCENTILE_CONT(0.9) WITHIN GROUP (ORDER BY price), MEDIAN(price), MODE(symbol), ARG_MAX(symbol, price)
FROM trades GROUP BY symbol
----
bounded
Aggregate aggregate-5b3523fe
    keys symbol
    string_agg = STRING_AGG(symbol, ',' ORDER BY price DESC NULLS FIRST)
    listagg = STRING_AGG(symbol, '' ORDER BY price NULLS LAST)
    array_agg = ARRAY_AGG(price)
    percentile_cont = PERCENTILE_CONT(0.9 ORDER BY price NULLS LAST)
    median = PERCENTILE_CONT(0.5 ORDER BY price NULLS LAST)
    mode = MODE(ORDER BY symbol NULLS LAST)
    arg_max = ARG_MAX(symbol, price)
    row (symbol VARCHAR NOT NULL, string_agg VARCHAR NOT NULL, listagg VARCHAR NOT NULL, array_agg DECIMAL(10, 2) ARRAY, percentile_cont DOUBLE, median DOUBLE, mode VARCHAR, arg_max VARCHAR)
  Scan scan-3eafda51
      stream trades
      row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2))
