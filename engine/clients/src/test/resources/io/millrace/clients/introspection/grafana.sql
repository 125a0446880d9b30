-- # version
SELECT current_setting('server_version_num')::int/100 as version
-- # timescale
SELECT extversion FROM pg_extension WHERE extname = 'timescaledb'
-- # schemas
SELECT schema_name AS "name"
    FROM information_schema.schemata
    WHERE schema_name NOT IN ('information_schema',
                              'pg_catalog',
                              'pg_toast',
                              '_timescaledb_cache')
    ORDER BY schema_name
-- # tables of a schema
SELECT quote_ident(table_name) AS "table"
      FROM information_schema.tables
      WHERE quote_ident(table_schema) = 'public'
      ORDER BY 1
-- # tables
SELECT
    CASE WHEN
          quote_ident(table_schema) IN (
          SELECT
            CASE WHEN trim(s[i]) = '"$user"' THEN user ELSE trim(s[i]) END
          FROM
            generate_series(
              array_lower(string_to_array(current_setting('search_path'),','),1),
              array_upper(string_to_array(current_setting('search_path'),','),1)
            ) as i,
            string_to_array(current_setting('search_path'),',') s
          )
      THEN quote_ident(table_name)
      ELSE quote_ident(table_schema) || '.' || quote_ident(table_name)
    END AS "table"
    FROM information_schema.tables
    WHERE quote_ident(table_schema) NOT IN ('information_schema',
                             'pg_catalog',
                             '_timescaledb_cache')
    ORDER BY CASE WHEN
          quote_ident(table_schema) IN (
          SELECT
            CASE WHEN trim(s[i]) = '"$user"' THEN user ELSE trim(s[i]) END
          FROM
            generate_series(
              array_lower(string_to_array(current_setting('search_path'),','),1),
              array_upper(string_to_array(current_setting('search_path'),','),1)
            ) as i,
            string_to_array(current_setting('search_path'),',') s
          ) THEN 0 ELSE 1 END, 1
-- # columns
SELECT quote_ident(column_name) AS "column", data_type AS "type"
    FROM information_schema.columns
    WHERE
      CASE WHEN array_length(parse_ident('trades'),1) = 2
        THEN quote_ident(table_schema) = (parse_ident('trades'))[1]
          AND quote_ident(table_name) = (parse_ident('trades'))[2]
        ELSE quote_ident(table_name) = 'trades'
          AND
          quote_ident(table_schema) IN (
          SELECT
            CASE WHEN trim(s[i]) = '"$user"' THEN user ELSE trim(s[i]) END
          FROM
            generate_series(
              array_lower(string_to_array(current_setting('search_path'),','),1),
              array_upper(string_to_array(current_setting('search_path'),','),1)
            ) as i,
            string_to_array(current_setting('search_path'),',') s
          )
      END
-- # columns of a view with its schema
SELECT quote_ident(column_name) AS "column", data_type AS "type"
    FROM information_schema.columns
    WHERE
      CASE WHEN array_length(parse_ident('public.turnover'),1) = 2
        THEN quote_ident(table_schema) = (parse_ident('public.turnover'))[1]
          AND quote_ident(table_name) = (parse_ident('public.turnover'))[2]
        ELSE quote_ident(table_name) = 'public.turnover'
      END
-- # time series
SELECT
  floor(extract(epoch from "traded_at")/60)*60 AS "time",
  avg(price) AS "price"
FROM trades
WHERE
  "traded_at" BETWEEN '2026-01-31T10:00:00Z' AND '2026-01-31T10:59:59.999Z'
GROUP BY 1
ORDER BY 1
-- # time series with a metric
SELECT
  extract(epoch from traded_at) AS "time",
  ticker AS metric,
  price AS value
FROM trades
WHERE extract(epoch from traded_at) >= 1769853600 AND extract(epoch from traded_at) <= 1769857200
ORDER BY 1
-- # the last hour
SELECT traded_at AS "time", price FROM trades
WHERE traded_at > now() - interval '1 hour' AND traded_at < now() + interval '5m' ORDER BY 1
-- # table from the builder
SELECT ticker, amount FROM turnover WHERE (ticker = 'ACME') LIMIT 50
