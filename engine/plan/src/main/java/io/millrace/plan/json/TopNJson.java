package io.millrace.plan.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.plan.OverCall.Ranking;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.TopN;
import io.millrace.spi.type.DataType.RowType;

/** The rows at some places of partitions. */
final class TopNJson {

    private TopNJson() {}

    static void write(TopN top, ObjectNode json) {
        json.set("rowType", TypeJson.write(top.rowType()));
        json.set("partition", Json.ints(top.partition()));
        json.set("order", Json.array(top.order(), NodeJson::key));
        json.put("ranking", top.ranking().name())
                .put("offset", top.offset())
                .put("limit", top.limit())
                .put("timeColumn", top.timeColumn());
    }

    static TopN read(String id, PlanNode input, RowType rowType, JsonNode json) {
        return new TopN(
                id,
                input,
                rowType,
                Json.ints(Json.get(json, "partition")),
                Json.list(Json.get(json, "order"), NodeJson::key),
                Json.constant(Ranking.class, json, "ranking"),
                Json.number(json, "offset"),
                Json.number(json, "limit"),
                Json.integer(json, "timeColumn"));
    }
}
