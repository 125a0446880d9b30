package io.millrace.runtime.expression;

import io.millrace.plan.expression.UserFunction;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.function.AggregateMethods;
import io.millrace.spi.function.FunctionClasses;
import io.millrace.spi.function.FunctionMethod;
import io.millrace.spi.function.JavaType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The users' functions that one projection calls, each with an instance of its own. For one thread at a time. */
final class UserCalls {

    private final FunctionClasses source;
    private final Map<UserFunction, BoundFunction> bound = new LinkedHashMap<>();
    private final List<BoundAggregate> aggregates = new ArrayList<>();

    UserCalls(FunctionClasses source) {
        this.source = source;
    }

    BoundFunction of(UserFunction function) {
        return bound.computeIfAbsent(function, this::bind);
    }

    private BoundFunction bind(UserFunction function) {
        FunctionMethod method = FunctionMethod.of(source.load(function.jar(), function.className()));
        return new BoundFunction(function.name(), method, method.instance());
    }

    /** Returns an aggregate function, with an instance of its own. */
    BoundAggregate aggregate(UserFunction function) {
        AggregateMethods methods = AggregateMethods.of(source.load(function.jar(), function.className()));
        aggregates.add(new BoundAggregate(function.name(), methods));
        return aggregates.getLast();
    }

    /** Returns the classes that code which calls the functions names, with the classes around them. */
    Set<Class<?>> classes() {
        Map<String, Class<?>> byName = new HashMap<>();
        for (BoundFunction function : bound.values()) {
            add(function.method().owner(), function.name(), byName);
            for (JavaType parameter : function.method().parameters()) {
                add(parameter.javaClass(), function.name(), byName);
            }
        }
        for (BoundAggregate aggregate : aggregates) {
            add(aggregate.methods().owner(), aggregate.name(), byName);
            add(aggregate.methods().accumulator(), aggregate.name(), byName);
            for (JavaType parameter : aggregate.methods().parameters()) {
                add(parameter.javaClass(), aggregate.name(), byName);
            }
        }
        return new LinkedHashSet<>(byName.values());
    }

    private static void add(Class<?> used, String function, Map<String, Class<?>> byName) {
        if (used.isArray()) {
            add(used.componentType(), function, byName);
            return;
        }
        if (used.isPrimitive() || used.getClassLoader() == null) {
            return; // every class sees those
        }
        for (@Nullable Class<?> each = used; each != null; each = each.getEnclosingClass()) {
            Class<?> other = byName.putIfAbsent(each.getName(), each);
            if (other != null && other != each) {
                throw new MillraceException(
                        ErrorCode.UNSUPPORTED,
                        "function '" + function + "' has a class of the name of another function's in the same"
                                + " expressions, from another jar: " + each.getName(),
                        "compute one of them in a subquery that groups or joins, or rename the class");
            }
        }
    }
}
