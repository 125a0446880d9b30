SELECT UPPER(symbol), LOWER(symbol), symbol || '-' || symbol, SUBSTRING(symbol FROM 2 FOR 3), SUBSTRING(symbol, 2), TRIM(symbol), TRIM(LEADING 'x' FROM symbol), LTRIM(symbol), POSITION('a' IN symbol), STRPOS(symbol, 'a'), OVERLAY(symbol PLACING 'zz' FROM 2), REPLACE(symbol, 'a', 'b'), SPLIT_PART(symbol, '-', 1), CHAR_LENGTH(symbol), INITCAP(symbol), LPAD(symbol, 5), symbol SIMILAR TO 'a+', REGEXP_REPLACE(symbol, 'a', 'b'), CONCAT(symbol, quantity, NULL), MD5(symbol) FROM trades
----
bounded
Project project-e45e3870
    EXPR$0 = UPPER(symbol)
    EXPR$1 = LOWER(symbol)
    EXPR$2 = ((symbol || '-') || symbol)
    EXPR$3 = SUBSTRING(symbol, 2, 3)
    EXPR$4 = SUBSTRING(symbol, 2)
    EXPR$5 = TRIM_BOTH(symbol, ' ')
    EXPR$6 = TRIM_LEADING(symbol, 'x')
    EXPR$7 = TRIM_LEADING(symbol, ' ')
    EXPR$8 = POSITION('a', symbol)
    EXPR$9 = POSITION('a', symbol)
    EXPR$10 = OVERLAY(symbol, 'zz', 2, CHAR_LENGTH('zz'))
    EXPR$11 = REPLACE(symbol, 'a', 'b')
    EXPR$12 = SPLIT_PART(symbol, '-', 1)
    EXPR$13 = CHAR_LENGTH(symbol)
    EXPR$14 = INITCAP(symbol)
    EXPR$15 = LPAD(symbol, 5)
    EXPR$16 = SIMILAR_TO(symbol, 'a+')
    EXPR$17 = REGEXP_REPLACE(symbol, 'a', 'b')
    EXPR$18 = (symbol || CASE WHEN (quantity IS NULL) THEN '' ELSE CAST(quantity AS VARCHAR) END || '')
    EXPR$19 = MD5(symbol)
    row (EXPR$0 VARCHAR NOT NULL, EXPR$1 VARCHAR NOT NULL, EXPR$2 VARCHAR NOT NULL, EXPR$3 VARCHAR NOT NULL, EXPR$4 VARCHAR NOT NULL, EXPR$5 VARCHAR NOT NULL, EXPR$6 VARCHAR NOT NULL, EXPR$7 VARCHAR NOT NULL, EXPR$8 INTEGER NOT NULL, EXPR$9 INTEGER NOT NULL, EXPR$10 VARCHAR NOT NULL, EXPR$11 VARCHAR NOT NULL, EXPR$12 VARCHAR NOT NULL, EXPR$13 INTEGER NOT NULL, EXPR$14 VARCHAR NOT NULL, EXPR$15 VARCHAR NOT NULL, EXPR$16 BOOLEAN NOT NULL, EXPR$17 VARCHAR NOT NULL, EXPR$18 VARCHAR NOT NULL, EXPR$19 VARCHAR NOT NULL)
  Scan scan-3eafda51
      stream trades
      row (symbol VARCHAR NOT NULL, quantity INTEGER)
