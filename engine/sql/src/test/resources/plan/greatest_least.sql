SELECT GREATEST(int32, int64, 5), LEAST(float64, int32), SIGN(int32), ROUND(short_decimal, 1), TRUNCATE(float64), SQRT(int32), POWER(int32, 2), FLOOR(short_decimal), CEIL(int32) FROM numbers
----
bounded
Project project-63e2c589
    greatest = GREATEST(CAST(int32 AS BIGINT), int64, 5:BIGINT)
    least = LEAST(float64, CAST(int32 AS DOUBLE))
    sign = SIGN(int32)
    round = ROUND(short_decimal, 1)
    truncate = TRUNCATE(float64)
    sqrt = SQRT(CAST(int32 AS DOUBLE))
    power = POWER(CAST(int32 AS DOUBLE), 2.0:DOUBLE)
    floor = FLOOR(short_decimal)
    ceil = int32
    row (greatest BIGINT, least DOUBLE, sign INTEGER, round DECIMAL(10, 2), truncate DOUBLE, sqrt DOUBLE, power DOUBLE, floor DECIMAL(10, 0), ceil INTEGER)
  Scan scan-b5735989
      stream numbers
      row (int32 INTEGER, int64 BIGINT, float64 DOUBLE, short_decimal DECIMAL(10, 2))
