SELECT instant, CAST(instant AS TIMESTAMP), instant > CURRENT_TIMESTAMP, day = CURRENT_DATE, day + INTERVAL '1' DAY, clock, moment > day FROM numbers
----
bounded
Project project-e1dba817
    instant
    instant = CAST(instant AS TIMESTAMP(6))
    ?column? = (instant > CAST(CURRENT_TIMESTAMP() AS TIMESTAMP(6) WITH LOCAL TIME ZONE))
    ?column? = (day = CURRENT_DATE())
    ?column? = (day + INTERVAL '86400' SECOND)
    clock
    ?column? = (moment > CAST(day AS TIMESTAMP(6)))
    row (instant TIMESTAMP(6) WITH LOCAL TIME ZONE, instant TIMESTAMP(6), ?column? BOOLEAN, ?column? BOOLEAN, ?column? DATE, clock TIME(6), ?column? BOOLEAN)
  Scan scan-b5735989
      stream numbers
      row (day DATE, clock TIME(6), moment TIMESTAMP(6), instant TIMESTAMP(6) WITH LOCAL TIME ZONE)
