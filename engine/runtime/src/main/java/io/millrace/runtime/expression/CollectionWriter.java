package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression.Call;
import io.millrace.spi.type.DataType.ArrayType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes functions of collections that are objects in generated code; those that make one are interpreted. */
final class CollectionWriter {

    private final ExpressionWriter writer;

    CollectionWriter(ExpressionWriter writer) {
        this.writer = writer;
    }

    @Nullable
    Code call(Call call, List<Code> arguments) {
        return switch (call.function()) {
            case CARDINALITY -> cardinality(call, arguments);
            case ITEM -> item(call, arguments);
            case ARRAY_CONTAINS ->
                writer.nullable(
                        call.type(),
                        arguments,
                        "Elements.contains(" + arguments.getFirst().value() + ", " + Boxing.boxed(arguments.get(1))
                                + ")");
            default -> null;
        };
    }

    private Code cardinality(Call call, List<Code> arguments) {
        String count = "(long) Elements.count(" + place(call, arguments) + ")";
        return writer.strict(call.type(), arguments, new Conversion(writer.body).ofLong(count, call.type()));
    }

    private Code item(Call call, List<Code> arguments) {
        Code place = arguments.get(1);
        boolean ofColumn = call.arguments().getFirst().type() instanceof ArrayType && isColumn(call);
        String type = ofColumn ? writer.body.shared("DataType", call.type()) + ", " : "";
        String wanted = ofColumn ? Conversion.asLong(place) : Boxing.boxed(place);
        String collection =
                ofColumn ? place(call, arguments) : arguments.getFirst().value();
        return writer.nullable(call.type(), arguments, "Elements.at(" + type + collection + ", " + wanted + ")");
    }

    /** Returns the collection: as the column and the row where it is one, so that it is not made an object. */
    private String place(Call call, List<Code> arguments) {
        return isColumn(call)
                ? writer.body.nested(call.arguments().getFirst()) + ", row"
                : arguments.getFirst().value();
    }

    private static boolean isColumn(Call call) {
        return BodyWriter.isColumn(call.arguments().getFirst());
    }
}
