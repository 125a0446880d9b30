SELECT CASE WHEN price > 10 THEN 'dear' WHEN price IS NULL THEN NULL ELSE 'cheap' END, COALESCE(quantity, 0), NULLIF(symbol, ''), price IS NOT DISTINCT FROM 1.5 FROM trades
----
bounded
Project project-06379360
    case = CASE WHEN (price > 10.00) THEN 'dear' WHEN (price IS NULL) THEN CAST(NULL AS VARCHAR) ELSE 'cheap' END
    coalesce = CASE WHEN (quantity IS NOT NULL) THEN quantity ELSE 0 END
    nullif = CASE WHEN (symbol = '') THEN CAST(NULL AS VARCHAR) ELSE symbol END
    ?column? = (price IS NOT DISTINCT FROM 1.50)
    row (case VARCHAR, coalesce INTEGER NOT NULL, nullif VARCHAR, ?column? BOOLEAN NOT NULL)
  Scan scan-3eafda51
      stream trades
      row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), quantity INTEGER)
