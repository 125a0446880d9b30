SELECT APPROX_COUNT_DISTINCT(symbol), APPROX_PERCENTILE(price, 0.99), APPROX_TOP_K(symbol, 3) FROM trades
----
bounded
Aggregate aggregate-b54464ed
    approx_count_distinct = APPROX_COUNT_DISTINCT(symbol)
    approx_percentile = APPROX_PERCENTILE(price, 0.99)
    approx_top_k = APPROX_TOP_K(symbol, 3)
    row (approx_count_distinct BIGINT NOT NULL, approx_percentile DOUBLE, approx_top_k ROW(value VARCHAR, count BIGINT NOT NULL) ARRAY)
  Scan scan-3eafda51
      stream trades
      row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2))
