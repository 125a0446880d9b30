package io.millrace.format.avro.resolve;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Passes over values that no column wants. */
final class Skipping {

    /** Schemas may contain themselves, so data may be nested at will. */
    private static final int DEPTH_MAX = 500;

    private Skipping() {}

    static void skip(Schema schema, DatumInput in) {
        skip(schema, in, 0);
    }

    private static void skip(Schema schema, DatumInput in, int depth) {
        if (depth > DEPTH_MAX) {
            throw new RowFailure(ErrorCode.INVALID_VALUE, "it is nested more than " + DEPTH_MAX + " levels deep");
        }
        switch (schema.getType()) {
            case NULL -> {}
            case BOOLEAN -> in.take(1);
            case INT, LONG, ENUM -> in.readLong();
            case FLOAT -> in.take(Float.BYTES);
            case DOUBLE -> in.take(Double.BYTES);
            case STRING, BYTES -> in.take(in.readLength());
            case FIXED -> in.take(schema.getFixedSize());
            case UNION -> skip(branch(schema, in), in, depth + 1);
            case RECORD -> {
                for (Schema.Field field : schema.getFields()) {
                    skip(field.schema(), in, depth + 1);
                }
            }
            case ARRAY -> items(null, schema.getElementType(), in, depth + 1);
            case MAP -> items(Schema.create(Schema.Type.STRING), schema.getValueType(), in, depth + 1);
        }
    }

    private static Schema branch(Schema union, DatumInput in) {
        long index = in.readLong();
        if (index < 0 || index >= union.getTypes().size()) {
            throw new RowFailure(
                    ErrorCode.INVALID_VALUE,
                    "branch " + index + " of a union of " + union.getTypes().size());
        }
        return union.getTypes().get((int) index);
    }

    private static void items(@Nullable Schema key, Schema item, DatumInput in, int depth) {
        for (int left = in.readBlock(); left > 0; left = in.readBlock()) {
            for (int i = 0; i < left; i++) {
                if (key != null) {
                    skip(key, in, depth);
                }
                skip(item, in, depth);
            }
        }
    }
}
