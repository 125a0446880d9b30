package io.millrace.spi.code;

import java.util.Set;

/**
 * Compiles generated Java source in memory.
 *
 * <p>The runtime implements it with Janino. Formats take it as a parameter, so that a decoder can be
 * generated for just the fields a query needs. Implementations are safe for concurrent use.
 */
@FunctionalInterface
public interface ClassCompiler {

    /**
     * Compiles one class and creates an instance of it with its public constructor without arguments.
     *
     * @param className simple name of the class that {@code source} declares in no package
     * @param source the compilation unit; it may use the public types of {@code spi} and of the
     *     contract's own class loader, without generics, lambdas or {@code switch} patterns
     * @param contract the interface or superclass that the class has
     * @throws io.millrace.spi.error.MillraceException with {@code INTERNAL} where the source does not
     *     compile; the message holds the compiler's words
     */
    default <T> T instantiate(String className, String source, Class<T> contract) {
        return instantiate(className, source, contract, Set.of());
    }

    /**
     * As the other, where the source also uses public classes that its contract's class loader does not see.
     *
     * @param used those classes, and the classes around them, no two of one name
     */
    <T> T instantiate(String className, String source, Class<T> contract, Set<Class<?>> used);
}
