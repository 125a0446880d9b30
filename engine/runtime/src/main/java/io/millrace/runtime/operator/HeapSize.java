package io.millrace.runtime.operator;

import io.millrace.plan.Plan;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.spi.row.RowBatch;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How much memory operators hold: what can be reached from one, less what another operator or the plan holds. An
 * estimate, made as the machine usually lays objects out: 16 bytes of head, 4 for a reference.
 *
 * <p>State lies in long arrays of numbers, which are counted by their length and not looked into, so a look at it takes
 * as long as there are objects and not as there are bytes. For one thread, while the query does not run.
 */
final class HeapSize {

    private static final int HEAD = 16;
    private static final int REFERENCE = 4;
    private static final int ENTRY = 32;
    private static final int ALIGNMENT = 8;
    /** What is looked into: our own classes. Others count as an object. */
    private static final String OURS = "io.millrace.runtime.";

    /** Collections of these are looked into; those of users' functions might do anything when asked. */
    private static final String JAVA = "java.util.";

    private static final String ROWS = "io.millrace.spi.row.";
    private static final ClassValue<Field[]> FIELDS = new ClassValue<>() {
        @Override
        protected Field[] computeValue(Class<?> type) {
            return fieldsOf(type);
        }
    };

    private final Set<Object> seen = java.util.Collections.newSetFromMap(new IdentityHashMap<>());
    private final ArrayDeque<Object> open = new ArrayDeque<>();
    private long bytes;
    private int longest;

    /** Measures something that an operator holds, whatever else can be reached from there. */
    static HeapSize ofState(Object state) {
        HeapSize heap = new HeapSize();
        heap.open.add(state);
        heap.seen.add(state);
        heap.bytes = heap.ofOpen(state);
        return heap;
    }

    /** Returns how many bytes it takes. */
    long bytes() {
        return bytes;
    }

    /** Returns how many objects it has looked at. */
    int objects() {
        return seen.size();
    }

    /** Returns how many places the longest of its arrays of numbers has. */
    int longest() {
        return longest;
    }

    /** Returns the bytes that the operator holds and no operator asked for before does. */
    long of(Operator operator) {
        open.add(operator);
        seen.add(operator);
        return ofOpen(operator);
    }

    private long ofOpen(Object root) {
        long bytes = 0;
        while (!open.isEmpty()) {
            bytes += visit(open.removeLast(), root);
        }
        return bytes;
    }

    private long visit(Object object, Object root) {
        Class<?> type = object.getClass();
        if (type.isArray()) {
            return ofArray(object, type.getComponentType());
        }
        boolean ofJava = type.getName().startsWith(JAVA);
        if (ofJava && object instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                add(key);
                add(value);
            });
            return HEAD + (long) map.size() * (ENTRY + 2 * REFERENCE);
        }
        if (ofJava && object instanceof Collection<?> collection) {
            collection.forEach(this::add);
            return HEAD + (long) collection.size() * 2 * REFERENCE;
        }
        if (object instanceof String text) {
            return 2L * HEAD + aligned(text.length());
        }
        if (!type.getName().startsWith(OURS) && !type.getName().startsWith(ROWS)) {
            return HEAD + ALIGNMENT;
        }
        return ofFields(object, root);
    }

    private long ofArray(Object array, Class<?> component) {
        int length = Array.getLength(array);
        if (component.isPrimitive()) {
            longest = Math.max(longest, length);
            return HEAD + aligned((long) length * bytesOf(component));
        }
        for (Object element : (Object[]) array) {
            add(element);
        }
        return HEAD + aligned((long) length * REFERENCE);
    }

    private long ofFields(Object object, Object root) {
        long bytes = HEAD;
        for (Field field : FIELDS.get(object.getClass())) {
            bytes += bytesOf(field.getType());
            if (!field.getType().isPrimitive()
                    && !(object == root && field.getName().equals("inputs"))
                    && !borrowed(field)) {
                add(value(field, object));
            }
        }
        return aligned(bytes);
    }

    /** Rows that an operator looks at belong to who gave them, who may have given them to others as well. */
    private static boolean borrowed(Field field) {
        return field.getType() == RowBatch.class
                && (field.getDeclaringClass() == GroupedRows.class
                        || field.getDeclaringClass() == ProjectionOperator.class);
    }

    private static @Nullable Object value(Field field, Object object) {
        try {
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("a field of ours that cannot be read: " + field, e);
        }
    }

    private void add(@Nullable Object object) {
        if (object != null && !known(object) && seen.add(object)) {
            open.add(object);
        }
    }

    /** What is the plan's, the query's or the machine's, and not state. */
    private static boolean known(Object object) {
        return object instanceof Operator
                || object instanceof Step
                || object instanceof Enum<?>
                || object instanceof Class<?>
                || object instanceof Thread
                || object.getClass().getName().startsWith(Plan.class.getPackageName())
                || object.getClass().getName().startsWith("io.millrace.spi.type.")
                || object.getClass().getName().startsWith("io.millrace.spi.connector.")
                || object.getClass().isHidden();
    }

    private static Field[] fieldsOf(Class<?> type) {
        ArrayDeque<Field> fields = new ArrayDeque<>();
        for (Class<?> of = type; of != null && of.getName().startsWith("io.millrace."); of = of.getSuperclass()) {
            for (Field field : of.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    fields.add(field);
                }
            }
        }
        return fields.toArray(Field[]::new);
    }

    private static long aligned(long bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private static int bytesOf(Class<?> type) {
        if (type == long.class || type == double.class) {
            return 8;
        }
        if (type == byte.class || type == boolean.class) {
            return 1;
        }
        return type == short.class || type == char.class ? 2 : REFERENCE;
    }
}
