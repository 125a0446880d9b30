SELECT payload.place.x, e.payload.kind, scores[1], attributes['a'], CARDINALITY(scores), payload.tags[2] FROM events AS e
----
bounded
Project project-5d6259bf
    x = payload.place.x
    kind = payload.kind
    EXPR$2 = ITEM(scores, 1)
    EXPR$3 = ITEM(attributes, 'a')
    EXPR$4 = CARDINALITY(scores)
    EXPR$5 = ITEM(payload.tags, 2)
    row (x DOUBLE, kind VARCHAR, EXPR$2 INTEGER, EXPR$3 BIGINT, EXPR$4 INTEGER, EXPR$5 VARCHAR)
  Scan scan-36459fae
      stream events
      row (payload ROW(kind VARCHAR, place ROW(x DOUBLE, y DOUBLE), tags VARCHAR ARRAY), scores INTEGER ARRAY, attributes MAP<VARCHAR, BIGINT>)
