package io.millrace.log.disk;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A disk of this machine that tells before a file is read, which may fail then. */
public final class WatchedReads {

    /** Is told of each call of a file that is open for reading. */
    @FunctionalInterface
    public interface Watcher {
        void before(String call) throws IOException;
    }

    private WatchedReads() {}

    public static Disk of(Watcher watcher) {
        return wrap(Disk.class, new LocalDisk(), watcher);
    }

    private static <T> T wrap(Class<T> type, T inner, Watcher watcher) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, values) -> {
                    if (inner instanceof ReadableFile) {
                        watcher.before(method.getName());
                    }
                    try {
                        Object answer = method.invoke(inner, values);
                        return answer instanceof ReadableFile file ? wrap(ReadableFile.class, file, watcher) : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
