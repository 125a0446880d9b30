SELECT e.id, u.s FROM events e, UNNEST(e.scores) AS u (s) WHERE u.s > 3
----
bounded
Project project-30e43b5e
    id
    s = scores
    row (id INTEGER, s INTEGER)
  Filter filter-14128295
      condition (scores > 3)
      row (id INTEGER, $value10 INTEGER ARRAY, scores INTEGER)
    Unnest unnest-26a11b14
        elements of $value10
        row (id INTEGER, $value10 INTEGER ARRAY, scores INTEGER)
      Project project-0e575695
          id
          $value10 = scores
          row (id INTEGER, $value10 INTEGER ARRAY)
        Scan scan-36459fae
            stream events
            row (id INTEGER, scores INTEGER ARRAY)
