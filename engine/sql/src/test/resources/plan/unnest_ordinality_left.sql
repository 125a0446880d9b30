SELECT e.id, u.s, u.i FROM events e LEFT JOIN UNNEST(e.scores) WITH ORDINALITY AS u (s, i) ON TRUE
----
bounded
Project project-85427592
    id
    s = scores
    i = ORDINALITY
    row (id INTEGER, s INTEGER, i INTEGER)
  Unnest unnest-1a7e1257
      elements of $value10, with their place, NULL where there are none
      row (id INTEGER, $value10 INTEGER ARRAY, scores INTEGER, ORDINALITY INTEGER)
    Project project-0e575695
        id
        $value10 = scores
        row (id INTEGER, $value10 INTEGER ARRAY)
      Scan scan-36459fae
          stream events
          row (id INTEGER, scores INTEGER ARRAY)
