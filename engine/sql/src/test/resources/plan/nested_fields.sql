SELECT payload.place.x, e.payload.kind, scores[1], attributes['a'], CARDINALITY(scores), payload.tags[2] FROM events AS e
----
bounded
Project project-5d6259bf
    x = payload.place.x
    kind = payload.kind
    scores = ITEM(scores, 1)
    attributes = ITEM(attributes, 'a')
    cardinality = CARDINALITY(scores)
    tags = ITEM(payload.tags, 2)
    row (x DOUBLE, kind VARCHAR, scores INTEGER, attributes BIGINT, cardinality INTEGER, tags VARCHAR)
  Scan scan-36459fae
      stream events
      row (payload ROW(kind VARCHAR, place ROW(x DOUBLE, y DOUBLE), tags VARCHAR ARRAY), scores INTEGER ARRAY, attributes MAP<VARCHAR, BIGINT>)
