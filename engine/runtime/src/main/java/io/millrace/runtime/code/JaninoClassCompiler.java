package io.millrace.runtime.code;

import io.millrace.spi.code.ClassCompiler;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.janino.SimpleCompiler;

/**
 * Compiles with Janino. The same source for the same contract gives the same class, so that a query that runs
 * again finds its code compiled and warm. Safe for concurrent use.
 */
public final class JaninoClassCompiler implements ClassCompiler {

    /** Classes that are kept for reuse; the one unused longest goes first. */
    private static final int CACHED_MAX = 512;

    /** Two users' functions may be of one name, and of classes that are not one: the classes are part of it. */
    private record Key(Class<?> contract, String className, String source, Set<Class<?>> used) {}

    private final Map<Key, Class<?>> cache = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Class<?>> eldest) {
            return size() > CACHED_MAX;
        }
    };

    @Override
    public <T> T instantiate(String className, String source, Class<T> contract, Set<Class<?>> used) {
        Class<?> compiled = compiled(new Key(contract, className, source, Set.copyOf(used)));
        try {
            return contract.cast(compiled.getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new MillraceException(
                    ErrorCode.INTERNAL, "generated class " + className + " cannot be used: " + e, null, e);
        }
    }

    private Class<?> compiled(Key key) {
        synchronized (cache) {
            Class<?> known = cache.get(key);
            if (known != null) {
                return known;
            }
        }
        // compiling takes milliseconds and needs no lock; whoever is first decides which class is used
        Class<?> made = compile(key);
        synchronized (cache) {
            Class<?> first = cache.putIfAbsent(key, made);
            return first == null ? made : first;
        }
    }

    private static Class<?> compile(Key key) {
        try {
            SimpleCompiler compiler = new SimpleCompiler();
            compiler.setParentClassLoader(new ContractClassLoader(key.contract().getClassLoader(), key.used()));
            compiler.cook(key.source());
            return compiler.getClassLoader().loadClass(key.className());
        } catch (CompileException | ClassNotFoundException e) {
            throw new MillraceException(
                    ErrorCode.INTERNAL,
                    "generated class " + key.className() + " does not compile: " + e.getMessage(),
                    null,
                    e);
        }
    }

    /** Sees what the contract sees, what the runtime sees, and the classes it is told. */
    private static final class ContractClassLoader extends ClassLoader {

        private final Map<String, Class<?>> used = new HashMap<>();

        ContractClassLoader(ClassLoader contract, Set<Class<?>> used) {
            super(contract);
            used.forEach(each -> this.used.put(each.getName(), each));
        }

        /** What the source uses is what it was given, whatever else there is of that name. */
        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            Class<?> known = used.get(name);
            Class<?> outer = known == null ? used.get(name.substring(0, Math.max(0, name.lastIndexOf('$')))) : null;
            if (outer != null) {
                // Whoever looks at a class looks at all that are declared in it, also those that the source does not
                // use.
                return Class.forName(name, false, outer.getClassLoader());
            }
            return known != null ? known : super.loadClass(name, resolve);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            return JaninoClassCompiler.class.getClassLoader().loadClass(name);
        }
    }
}
