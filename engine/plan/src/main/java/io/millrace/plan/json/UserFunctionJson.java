package io.millrace.plan.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.plan.UserAggregate;
import io.millrace.plan.expression.UserFunction;

/** Functions in Java. */
final class UserFunctionJson {

    private UserFunctionJson() {}

    /** Adds what says which function it is. */
    static ObjectNode write(UserFunction function, ObjectNode node) {
        return node.put("function", function.name())
                .put("class", function.className())
                .put("jar", function.jar())
                .put("deterministic", function.deterministic());
    }

    static UserFunction read(JsonNode node) {
        return new UserFunction(
                Json.text(node, "function"),
                Json.text(node, "class"),
                Json.text(node, "jar"),
                Json.bool(node, "deterministic"));
    }

    static ObjectNode write(UserAggregate aggregate) {
        return write(aggregate.function(), Json.object("kind", "aggregate")).put("retracts", aggregate.retracts());
    }

    static UserAggregate readAggregate(JsonNode node) {
        return new UserAggregate(read(node), Json.bool(node, "retracts"));
    }
}
