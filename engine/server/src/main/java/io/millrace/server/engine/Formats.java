package io.millrace.server.engine;

import io.millrace.server.file.FileFormats;
import io.millrace.server.relation.RelationFiles;
import io.millrace.spi.ShownUrl;
import io.millrace.spi.connector.ObjectStoreFactory;
import io.millrace.spi.connector.ReceiverFactory;
import io.millrace.spi.connector.TableFactory;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.FileFormat;
import io.millrace.spi.format.RecordFormat;
import io.millrace.spi.format.TableFileFormat;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The formats, object stores and receivers on the class path, by name. Immutable. */
final class Formats implements FileFormats, RelationFiles {

    private final Map<String, RecordFormat> recordFormats = load(RecordFormat.class, RecordFormat::name);
    private final Map<String, FileFormat> fileFormats = load(FileFormat.class, FileFormat::name);
    private final Map<String, ObjectStoreFactory> stores =
            loadAll(ObjectStoreFactory.class, ObjectStoreFactory::schemes);

    private final Map<String, TableFactory> tables = load(TableFactory.class, TableFactory::scheme);

    private final Map<String, ReceiverFactory> receivers = loadAll(ReceiverFactory.class, ReceiverFactory::schemes);

    private static <T> Map<String, T> load(Class<T> contract, Function<T, String> name) {
        return loadAll(contract, name.andThen(List::of));
    }

    private static <T> Map<String, T> loadAll(Class<T> contract, Function<T, ? extends Collection<String>> names) {
        Map<String, T> found = new TreeMap<>();
        ServiceLoader.load(contract, Formats.class.getClassLoader())
                .forEach(each -> names.apply(each).forEach(name -> found.put(name, each)));
        return found;
    }

    @Override
    public RecordFormat recordFormat(String name) {
        return find(recordFormats, name, "record format");
    }

    @Override
    public boolean isFileFormat(String name) {
        return fileFormats.containsKey(name);
    }

    @Override
    public FileFormat fileFormat(String name) {
        return find(fileFormats, name, "file format");
    }

    @Override
    public void requireAny(String name) {
        Map<String, Object> all = new TreeMap<>(recordFormats);
        all.putAll(fileFormats);
        find(all, name, "format");
    }

    /** Returns the file format of a name, which tables can be made of. */
    TableFileFormat tableFileFormat(String name) {
        return (TableFileFormat) fileFormat(name);
    }

    /** Returns who opens tables at a place, or null where places of its kind are none. */
    @Nullable
    TableFactory table(URI location) {
        return tables.get(String.valueOf(location.getScheme()));
    }

    @Override
    public TableFileFormat tableFormat() {
        return tableFileFormat("parquet");
    }

    @Override
    public Stream<String> storeOptions() {
        return stores.values().stream().flatMap(store -> store.options().stream());
    }

    @Override
    public ObjectStoreFactory store(URI location) {
        return find(stores, String.valueOf(location.getScheme()), "kind of destination for files");
    }

    /** Returns who sends records to a place, or null where places of its kind take files. */
    @Nullable
    ReceiverFactory receiver(URI location) {
        String scheme = location.getScheme();
        if (scheme == null) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "'" + ShownUrl.of(location.toString()) + "' does not say what kind of destination it is",
                    "write a folder with file:// and its whole path in front, such as 'file:///lake/trades'");
        }
        if (!stores.containsKey(scheme) && !receivers.containsKey(scheme)) {
            Map<String, Object> all = new TreeMap<>(stores);
            all.putAll(receivers);
            all.putAll(tables);
            find(all, scheme, "kind of destination");
        }
        return receivers.get(scheme);
    }

    private static <T> T find(Map<String, T> all, String name, String what) {
        T found = all.get(name);
        if (found == null) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "there is no " + what + " '" + name + "'",
                    "there are: " + String.join(", ", all.keySet()));
        }
        return found;
    }
}
