SELECT int32 + int64, tiny * small, int32 / int64, short_decimal + int32, short_decimal * short_decimal, short_decimal / 3, float32 + int32, MOD(int64, int32), -tiny, ABS(short_decimal), 5.0 / 2 FROM numbers
----
bounded
Project project-8409d06e
    ?column? = (CAST(int32 AS BIGINT) + int64)
    ?column? = (CAST(tiny AS SMALLINT) * small)
    ?column? = (CAST(int32 AS BIGINT) / int64)
    ?column? = (short_decimal + CAST(int32 AS DECIMAL(10, 0)))
    ?column? = (short_decimal * short_decimal)
    ?column? = (short_decimal / 3)
    ?column? = (float32 + CAST(int32 AS REAL))
    mod = CAST(MOD(int64, CAST(int32 AS BIGINT)) AS INTEGER)
    ?column? = NEGATE(tiny)
    abs = ABS(short_decimal)
    ?column? = (5.0 / 2)
    row (?column? BIGINT, ?column? SMALLINT, ?column? BIGINT, ?column? DECIMAL(13, 2), ?column? DECIMAL(20, 4), ?column? DECIMAL(21, 13), ?column? REAL, mod INTEGER, ?column? TINYINT, abs DECIMAL(10, 2), ?column? DECIMAL(13, 12) NOT NULL)
  Scan scan-b5735989
      stream numbers
      row (tiny TINYINT, small SMALLINT, int32 INTEGER, int64 BIGINT, float32 REAL, short_decimal DECIMAL(10, 2))
