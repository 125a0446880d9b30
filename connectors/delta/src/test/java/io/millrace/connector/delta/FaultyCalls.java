package io.millrace.connector.delta;

import io.millrace.spi.connector.ObjectStore;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;

/** A life of a process whose calls of its stores fail after so many. */
final class FaultyCalls {

    private static final Set<String> OTHERS = Set.of("close", "toString", "hashCode", "equals", "exactlyOnce");

    private final int callsMax;
    private final boolean answersAreLost;
    private int calls;
    private String failing = "";

    /**
     * @param callsMax how many calls succeed
     * @param answersAreLost whether the next one does what it is to, and fails all the same
     */
    FaultyCalls(int callsMax, boolean answersAreLost) {
        this.callsMax = callsMax;
        this.answersAreLost = answersAreLost;
    }

    static FaultyCalls none() {
        return new FaultyCalls(Integer.MAX_VALUE, false);
    }

    /** Has the next call of this name do what it is to, and fail all the same. */
    void failOnce(String name) {
        failing = name;
    }

    ObjectStore of(ObjectStore store) {
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
                    boolean counts = !OTHERS.contains(method.getName());
                    if (counts && ++calls > callsMax && !(answersAreLost && calls == callsMax + 1)) {
                        throw new IOException("crashed before call " + calls);
                    }
                    Object result;
                    try {
                        result = method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    if (method.getName().equals(failing)) {
                        failing = "";
                        throw new IOException("the answer was lost");
                    }
                    if (counts && calls > callsMax) {
                        throw new IOException("crashed behind call " + calls);
                    }
                    return result;
                });
    }
}
