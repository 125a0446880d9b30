SELECT instant, CAST(instant AS TIMESTAMP), instant > CURRENT_TIMESTAMP, day = CURRENT_DATE, day + INTERVAL '1' DAY, clock, moment > day FROM numbers
----
bounded
Project project-e1dba817
    instant
    EXPR$1 = CAST(instant AS TIMESTAMP(6))
    EXPR$2 = (instant > CAST(CURRENT_TIMESTAMP() AS TIMESTAMP(6) WITH LOCAL TIME ZONE))
    EXPR$3 = (day = CURRENT_DATE())
    EXPR$4 = (day + INTERVAL '86400' SECOND)
    clock
    EXPR$6 = (moment > CAST(day AS TIMESTAMP(6)))
    row (instant TIMESTAMP(6) WITH LOCAL TIME ZONE, EXPR$1 TIMESTAMP(6), EXPR$2 BOOLEAN, EXPR$3 BOOLEAN, EXPR$4 DATE, clock TIME(6), EXPR$6 BOOLEAN)
  Scan scan-b5735989
      stream numbers
      row (day DATE, clock TIME(6), moment TIMESTAMP(6), instant TIMESTAMP(6) WITH LOCAL TIME ZONE)
