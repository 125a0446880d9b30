package io.millrace.sql.system.query;

import io.millrace.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The types of a statement's parameters, as the client gives them and as their use shows them. */
final class Parameters {

    private final List<@Nullable DataType> types = new ArrayList<>();

    Parameters(List<? extends @Nullable DataType> given) {
        types.addAll(given);
    }

    /** Compiles a parameter; text as long as nothing else is known. */
    Expression use(int index) {
        while (types.size() <= index) {
            types.add(null);
        }
        DataType type = types.get(index);
        return new Expression(
                type == null ? DataType.VARCHAR : type,
                true,
                frame -> index < frame.context().parameters().size()
                        ? frame.context().parameters().get(index)
                        : null);
    }

    /** Says that a parameter meets a value of this type. */
    void infer(int index, DataType type) {
        if (types.get(index) == null) {
            types.set(index, type);
        }
    }

    List<DataType> types() {
        List<DataType> known = new ArrayList<>();
        for (DataType type : types) {
            known.add(type == null ? DataType.VARCHAR : type);
        }
        return known;
    }
}
