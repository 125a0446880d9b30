SELECT UPPER(symbol), LOWER(symbol), symbol || '-' || symbol, SUBSTRING(symbol FROM 2 FOR 3), SUBSTRING(symbol, 2), TRIM(symbol), TRIM(LEADING 'x' FROM symbol), LTRIM(symbol), POSITION('a' IN symbol), STRPOS(symbol, 'a'), OVERLAY(symbol PLACING 'zz' FROM 2), REPLACE(symbol, 'a', 'b'), SPLIT_PART(symbol, '-', 1), CHAR_LENGTH(symbol), INITCAP(symbol), LPAD(symbol, 5), symbol SIMILAR TO 'a+', REGEXP_REPLACE(symbol, 'a', 'b'), CONCAT(symbol, quantity, NULL), MD5(symbol) FROM trades
----
bounded
Project project-e45e3870
    upper = UPPER(symbol)
    lower = LOWER(symbol)
    ?column? = ((symbol || '-') || symbol)
    substring = SUBSTRING(symbol, 2, 3)
    substring = SUBSTRING(symbol, 2)
    trim = TRIM_BOTH(symbol, ' ')
    trim = TRIM_LEADING(symbol, 'x')
    ltrim = TRIM_LEADING(symbol, ' ')
    position = POSITION('a', symbol)
    strpos = POSITION('a', symbol)
    overlay = OVERLAY(symbol, 'zz', 2, CHAR_LENGTH('zz'))
    replace = REPLACE(symbol, 'a', 'b')
    split_part = SPLIT_PART(symbol, '-', 1)
    char_length = CHAR_LENGTH(symbol)
    initcap = INITCAP(symbol)
    lpad = LPAD(symbol, 5)
    ?column? = SIMILAR_TO(symbol, 'a+')
    regexp_replace = REGEXP_REPLACE(symbol, 'a', 'b')
    concat = (symbol || CASE WHEN (quantity IS NULL) THEN '' ELSE CAST(quantity AS VARCHAR) END || '')
    md5 = MD5(symbol)
    row (upper VARCHAR NOT NULL, lower VARCHAR NOT NULL, ?column? VARCHAR NOT NULL, substring VARCHAR NOT NULL, substring VARCHAR NOT NULL, trim VARCHAR NOT NULL, trim VARCHAR NOT NULL, ltrim VARCHAR NOT NULL, position INTEGER NOT NULL, strpos INTEGER NOT NULL, overlay VARCHAR NOT NULL, replace VARCHAR NOT NULL, split_part VARCHAR NOT NULL, char_length INTEGER NOT NULL, initcap VARCHAR NOT NULL, lpad VARCHAR NOT NULL, ?column? BOOLEAN NOT NULL, regexp_replace VARCHAR NOT NULL, concat VARCHAR NOT NULL, md5 VARCHAR NOT NULL)
  Scan scan-3eafda51
      stream trades
      row (symbol VARCHAR NOT NULL, quantity INTEGER)
