SELECT GREATEST(int32, int64, 5), LEAST(float64, int32), SIGN(int32), ROUND(short_decimal, 1), TRUNCATE(float64), SQRT(int32), POWER(int32, 2), FLOOR(short_decimal), CEIL(int32) FROM numbers
----
bounded
Project project-63e2c589
    EXPR$0 = GREATEST(CAST(int32 AS BIGINT), int64, 5:BIGINT)
    EXPR$1 = LEAST(float64, CAST(int32 AS DOUBLE))
    EXPR$2 = SIGN(int32)
    EXPR$3 = ROUND(short_decimal, 1)
    EXPR$4 = TRUNCATE(float64)
    EXPR$5 = SQRT(CAST(int32 AS DOUBLE))
    EXPR$6 = POWER(CAST(int32 AS DOUBLE), 2.0:DOUBLE)
    EXPR$7 = FLOOR(short_decimal)
    EXPR$8 = int32
    row (EXPR$0 BIGINT, EXPR$1 DOUBLE, EXPR$2 INTEGER, EXPR$3 DECIMAL(10, 2), EXPR$4 DOUBLE, EXPR$5 DOUBLE, EXPR$6 DOUBLE, EXPR$7 DECIMAL(10, 0), EXPR$8 INTEGER)
  Scan scan-b5735989
      stream numbers
      row (int32 INTEGER, int64 BIGINT, float64 DOUBLE, short_decimal DECIMAL(10, 2))
