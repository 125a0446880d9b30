package io.millrace.sql.lower;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.calcite.rel.metadata.MetadataHandler;
import org.apache.calcite.rel.metadata.MetadataHandlerProvider;
import org.apache.calcite.rel.metadata.RelMetadataQuery;

/**
 * Answers every question about rows with "unknown". Calcite's own answers are compiled when first asked for,
 * which takes longer than all the rest of the first plan, and nothing here hangs on them.
 */
final class NoMetadata extends RelMetadataQuery {

    private static final Handlers HANDLERS = new Handlers();

    NoMetadata() {
        super(HANDLERS);
    }

    private static final class Handlers implements MetadataHandlerProvider {

        private final Map<Class<?>, Object> known = new ConcurrentHashMap<>();

        @Override
        public <H extends MetadataHandler<?>> H handler(Class<H> type) {
            return type.cast(known.computeIfAbsent(
                    type,
                    t -> Proxy.newProxyInstance(
                            t.getClassLoader(), new Class<?>[] {t}, (p, method, arguments) -> null)));
        }
    }
}
