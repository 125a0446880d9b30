SELECT int32 + int64, tiny * small, int32 / int64, short_decimal + int32, short_decimal * short_decimal, short_decimal / 3, float32 + int32, MOD(int64, int32), -tiny, ABS(short_decimal), 5.0 / 2 FROM numbers
----
bounded
Project project-8409d06e
    EXPR$0 = (CAST(int32 AS BIGINT) + int64)
    EXPR$1 = (CAST(tiny AS SMALLINT) * small)
    EXPR$2 = (CAST(int32 AS BIGINT) / int64)
    EXPR$3 = (short_decimal + CAST(int32 AS DECIMAL(10, 0)))
    EXPR$4 = (short_decimal * short_decimal)
    EXPR$5 = (short_decimal / 3)
    EXPR$6 = (float32 + CAST(int32 AS REAL))
    EXPR$7 = CAST(MOD(int64, CAST(int32 AS BIGINT)) AS INTEGER)
    EXPR$8 = NEGATE(tiny)
    EXPR$9 = ABS(short_decimal)
    EXPR$10 = (5.0 / 2)
    row (EXPR$0 BIGINT, EXPR$1 SMALLINT, EXPR$2 BIGINT, EXPR$3 DECIMAL(13, 2), EXPR$4 DECIMAL(20, 4), EXPR$5 DECIMAL(21, 13), EXPR$6 REAL, EXPR$7 INTEGER, EXPR$8 TINYINT, EXPR$9 DECIMAL(10, 2), EXPR$10 DECIMAL(13, 12) NOT NULL)
  Scan scan-b5735989
      stream numbers
      row (tiny TINYINT, small SMALLINT, int32 INTEGER, int64 BIGINT, float32 REAL, short_decimal DECIMAL(10, 2))
