package io.millrace.spi.function;

import io.millrace.spi.type.DataType.DecimalType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads Java types; see {@link JavaType} for which there are. */
final class JavaTypes {

    /** Deeper records are taken for ones that hold themselves. */
    private static final int DEPTH_MAX = 16;

    private JavaTypes() {}

    /**
     * Returns what a type stands for.
     *
     * @param where to say in the error: {@code parameter 1 of com.example.Distance.apply}
     */
    static JavaType of(AnnotatedType type, String where) {
        return of(type, where, 0);
    }

    private static JavaType of(AnnotatedType annotated, String where, int depth) {
        Type type = annotated.getType();
        if (depth > DEPTH_MAX) {
            throw FunctionErrors.unusable(where + " is nested too deeply", "use a record that does not hold itself");
        }
        if (type instanceof ParameterizedType generic && annotated instanceof AnnotatedParameterizedType arguments) {
            AnnotatedType[] of = arguments.getAnnotatedActualTypeArguments();
            if (generic.getRawType() == List.class) {
                return new ListValue(of(of[0], where, depth + 1));
            }
            if (generic.getRawType() == Map.class) {
                return new MapValue(of(of[0], where, depth + 1), of(of[1], where, depth + 1));
            }
        }
        if (type instanceof Class<?> javaClass) {
            PlainType plain = PlainType.of(javaClass);
            if (plain != null) {
                return plain;
            }
            if (javaClass == BigDecimal.class) {
                return decimal(annotated, where);
            }
            if (javaClass.isRecord()) {
                return record(javaClass, where, depth);
            }
        }
        throw FunctionErrors.unusable(
                where + " is of " + type.getTypeName() + ", which stands for no SQL type",
                "use boolean, int, long, float, double, String, byte[], BigDecimal, a type of java.time, List, Map, or"
                        + " a public record of these");
    }

    private static JavaType decimal(AnnotatedType annotated, String where) {
        Digits digits = annotated.getAnnotation(Digits.class);
        if (digits == null) {
            throw FunctionErrors.unusable(
                    where + " is a BigDecimal without its digits",
                    "write @Digits(precision = 18, scale = 4) BigDecimal");
        }
        try {
            return new DecimalValue(new DecimalType(digits.precision(), digits.scale()));
        } catch (IllegalArgumentException e) {
            throw FunctionErrors.unusable(
                    where + " is " + e.getMessage(), "give a precision from 1 to 38, and a scale from 0 to it");
        }
    }

    private static JavaType record(Class<?> javaClass, String where, int depth) {
        List<JavaType> types = new ArrayList<>();
        for (RecordComponent component : javaClass.getRecordComponents()) {
            types.add(of(
                    component.getAnnotatedType(),
                    "component " + component.getName() + " of " + javaClass.getName() + " in " + where,
                    depth + 1));
        }
        return new RecordValue(javaClass, types);
    }
}
