package io.millrace.spi.function;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ROW: a record, its components being the fields. */
final class RecordValue implements JavaType {

    private final Class<?> javaClass;
    private final RecordComponent[] components;
    private final List<JavaType> types;
    private final Constructor<?> constructor;

    /** @param types of the components, in order */
    RecordValue(Class<?> javaClass, List<JavaType> types) {
        this.javaClass = javaClass;
        this.components = javaClass.getRecordComponents();
        this.types = List.copyOf(types);
        try {
            this.constructor = javaClass.getConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw FunctionErrors.unusable("record " + javaClass.getName() + " is not public", "make it public");
        }
    }

    @Override
    public DataType type() {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < components.length; i++) {
            boolean nullable = !types.get(i).javaClass().isPrimitive();
            fields.add(new Field(components[i].getName(), types.get(i).type(), nullable));
        }
        return new RowType(fields);
    }

    @Override
    public Class<?> javaClass() {
        return javaClass;
    }

    @Override
    public boolean plain() {
        return false;
    }

    @Override
    public @Nullable Object toJava(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        List<?> fields = (List<?>) value;
        @Nullable Object[] arguments = new Object[components.length];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = types.get(i).toJava(fields.get(i));
            if (arguments[i] == null && types.get(i).javaClass().isPrimitive()) {
                throw new RowFailure(
                        ErrorCode.NULL_NOT_ALLOWED,
                        "NULL for " + components[i].getName() + " of " + javaClass.getSimpleName()
                                + ", which is a primitive");
            }
        }
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw new RowFailure(ErrorCode.FUNCTION_FAILED, String.valueOf(e.getCause()));
        } catch (ReflectiveOperationException e) {
            throw new RowFailure(ErrorCode.FUNCTION_FAILED, e.toString());
        }
    }

    @Override
    public @Nullable Object fromJava(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        List<@Nullable Object> fields = new ArrayList<>();
        for (int i = 0; i < components.length; i++) {
            fields.add(types.get(i).fromJava(read(components[i], value)));
        }
        return fields;
    }

    private static @Nullable Object read(RecordComponent component, Object value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (InvocationTargetException e) {
            throw new RowFailure(ErrorCode.FUNCTION_FAILED, String.valueOf(e.getCause()));
        } catch (ReflectiveOperationException e) {
            throw new RowFailure(ErrorCode.FUNCTION_FAILED, e.toString());
        }
    }
}
