SELECT date_trunc('hour', traded), EXTRACT(MINUTE FROM traded), FLOOR(traded TO DAY), CEIL(traded TO HOUR), traded + INTERVAL '1' DAY, traded - INTERVAL '2' MONTH, (traded - ROWTIME) SECOND, TIMESTAMPDIFF(MINUTE, traded, ROWTIME), TIMESTAMPADD(HOUR, quantity, traded), now(), CURRENT_TIMESTAMP, CURRENT_DATE, TO_TIMESTAMP(1000), TO_TIMESTAMP('2026', 'YYYY'), TO_CHAR(traded, 'YYYY-MM-DD HH24:MI'), UNIX_TIMESTAMP(traded), TSDIFF(ROWTIME, traded), YEAR(traded), date_part('month', traded) FROM trades
----
bounded
Project project-5b78c109
    date_trunc = FLOOR(traded, 'HOUR')
    extract = EXTRACT('MINUTE', traded)
    floor = FLOOR(traded, 'DAY')
    ceil = CEIL(traded, 'HOUR')
    ?column? = (traded + INTERVAL '86400' SECOND)
    ?column? = (traded - INTERVAL '2' MONTH)
    ?column? = (traded - ROWTIME)
    timestampdiff = CAST(TIMESTAMP_DIFF('MINUTE', traded, ROWTIME) AS INTEGER)
    timestampadd = (traded + (INTERVAL '3600' SECOND * quantity))
    now = CURRENT_TIMESTAMP()
    CURRENT_TIMESTAMP = CURRENT_TIMESTAMP()
    CURRENT_DATE = CURRENT_DATE()
    to_timestamp = TIMESTAMP_OF_MILLIS(1000:BIGINT)
    to_timestamp = PARSE_TIMESTAMP('2026', 'uuuu')
    to_char = FORMAT_TIMESTAMP(traded, 'uuuu-MM-dd HH:mm')
    unix_timestamp = UNIX_MILLIS(traded)
    tsdiff = (UNIX_MILLIS(ROWTIME) - UNIX_MILLIS(traded))
    year = EXTRACT('YEAR', traded)
    date_part = EXTRACT('MONTH', traded)
    row (date_trunc TIMESTAMP(6), extract BIGINT, floor TIMESTAMP(6), ceil TIMESTAMP(6), ?column? TIMESTAMP(6), ?column? TIMESTAMP(6), ?column? INTERVAL DAY TO SECOND, timestampdiff INTEGER, timestampadd TIMESTAMP(6), now TIMESTAMP(6) NOT NULL, CURRENT_TIMESTAMP TIMESTAMP(6) NOT NULL, CURRENT_DATE DATE NOT NULL, to_timestamp TIMESTAMP(6) NOT NULL, to_timestamp TIMESTAMP(6) NOT NULL, to_char VARCHAR, unix_timestamp BIGINT, tsdiff BIGINT, year BIGINT, date_part BIGINT)
  Scan scan-3eafda51
      stream trades
      row (quantity INTEGER, traded TIMESTAMP(6), ROWTIME TIMESTAMP(6) NOT NULL)
