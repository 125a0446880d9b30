package io.millrace.runtime.expression;

import io.millrace.runtime.expression.function.UserErrors;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.function.AggregateFunction;
import io.millrace.spi.function.AggregateMethods;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.type.DataType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * A user's aggregate function with the instance that is called: what is done with accumulators one at a time. An
 * accumulator may be a {@link FailedAggregate}. For one thread at a time.
 */
public final class BoundAggregate {

    private final String name;
    private final AggregateMethods methods;
    private final AggregateFunction<Object> instance;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    BoundAggregate(String name, AggregateMethods methods) {
        this.name = name;
        this.methods = methods;
        this.instance = methods.instance();
    }

    String name() {
        return name;
    }

    AggregateMethods methods() {
        return methods;
    }

    Object instance() {
        return instance;
    }

    /** Returns an accumulator over no rows. */
    public Object create() {
        try {
            return made(instance.create(), "create");
        } catch (Throwable t) {
            return failed(t);
        }
    }

    /** Returns the group's accumulator as rows can be added to it, made where there is none; null where it failed. */
    public @Nullable Object started(@Nullable Object[] accumulators, int group) {
        if (accumulators[group] == null) {
            accumulators[group] = create();
        }
        return accumulators[group] instanceof FailedAggregate ? null : accumulators[group];
    }

    /** Returns what stands in the place of an accumulator from now on. */
    public FailedAggregate failed(Throwable thrown) {
        RowFailure failure = UserErrors.failed(name, thrown);
        return new FailedAggregate(failure.code(), failure.reason());
    }

    /** Returns the method that takes rows back; where there is none, a query that needs it was not planned well. */
    public static Method required(@Nullable Method retract) {
        if (retract == null) {
            throw new IllegalStateException("it has no method retract, and a row is taken back");
        }
        return retract;
    }

    /** Null would be taken for no rows, and those there are be lost without a word. */
    private static Object made(@Nullable Object accumulator, String method) {
        if (accumulator == null) {
            throw new IllegalStateException("its method " + method + " returned null");
        }
        return accumulator;
    }

    /** Returns an accumulator that holds its rows and those of another, which stays as it is. */
    public Object merged(@Nullable Object accumulator, Object other) {
        Object into = accumulator == null ? create() : accumulator;
        if (into instanceof FailedAggregate) {
            return into;
        }
        if (other instanceof FailedAggregate) {
            return other;
        }
        try {
            instance.merge(into, other);
            return into;
        } catch (Throwable t) {
            return failed(t);
        }
    }

    /**
     * Writes the result of an accumulator, null for one over no rows.
     *
     * @throws MillraceException where there is none
     */
    public void write(@Nullable Object accumulator, DataType type, Column out, int row) {
        Object of = accumulator == null ? create() : accumulator;
        if (of instanceof FailedAggregate failed) {
            throw failed.error();
        }
        JavaValues.set(type, out, row, result(of));
    }

    private @Nullable Object result(Object accumulator) {
        try {
            return methods.result().fromJava(methods.answer().invoke(instance, accumulator));
        } catch (InvocationTargetException e) {
            throw failed(e.getTargetException()).error();
        } catch (IllegalAccessException | RuntimeException e) {
            throw failed(e).error();
        }
    }

    /**
     * Returns an accumulator as bytes.
     *
     * @throws MillraceException {@code FUNCTION_FAILED} where the function cannot
     */
    public byte[] save(Object accumulator) {
        bytes.reset();
        try {
            DataOutputStream out = new DataOutputStream(bytes);
            instance.save(accumulator, out);
            out.flush();
            return bytes.toByteArray();
        } catch (Throwable t) {
            throw failed(t).error();
        }
    }

    /**
     * Returns the accumulator that was saved.
     *
     * @throws MillraceException {@code FUNCTION_FAILED} where the function cannot, or reads other than it wrote
     */
    public Object load(byte[] saved) {
        Object loaded;
        ByteArrayInputStream in = new ByteArrayInputStream(saved);
        try {
            loaded = made(instance.load(new DataInputStream(in)), "load");
        } catch (Throwable t) {
            throw failed(t).error();
        }
        if (in.available() > 0) {
            throw new MillraceException(
                    ErrorCode.FUNCTION_FAILED,
                    "function '" + name + "' saved an accumulator as " + saved.length + " bytes and loads "
                            + (saved.length - in.available()),
                    "let load read what save writes");
        }
        return loaded;
    }
}
