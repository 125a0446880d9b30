package io.millrace.server.engine;

import io.millrace.delivery.transform.RecordDecoder;
import io.millrace.log.LogStore;
import io.millrace.log.StoredStream;
import io.millrace.server.stream.StreamService;
import io.millrace.server.stream.StreamSummary;
import io.millrace.spi.Options;
import io.millrace.spi.code.ClassCompiler;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.RowEncoder;
import io.millrace.spi.log.StreamLog;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.sql.catalog.StreamDefinition;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The streams of an engine: what is declared and what is logged, together. Safe for use by several threads. */
final class EngineStreams implements StreamService {

    private final LogStore store;
    private final LiveCatalog catalog;
    private final Formats formats;
    private final ClassCompiler compiler;
    private final InstantSource clock;
    private final WorkThreads threads;
    private final Map<String, StreamBounds> bounds = new ConcurrentHashMap<>();
    private RawStreamCreator creator = (name, shards, onDemand) -> {};
    private StreamRemover remover = name -> {};

    EngineStreams(
            LogStore store,
            LiveCatalog catalog,
            Formats formats,
            ClassCompiler compiler,
            InstantSource clock,
            WorkThreads threads) {
        this.store = store;
        this.catalog = catalog;
        this.formats = formats;
        this.compiler = compiler;
        this.clock = clock;
        this.threads = threads;
    }

    /** Creates a stream the way SQL does. */
    interface RawStreamCreator {
        void create(String name, int shards, boolean onDemand);
    }

    /** Drops a stream the way SQL does. */
    interface StreamRemover {
        void drop(String name);
    }

    /** Says how streams come and go, once whoever keeps the catalog is there. */
    void changedBy(RawStreamCreator newCreator, StreamRemover newRemover) {
        creator = newCreator;
        remover = newRemover;
    }

    @Override
    public void create(String name, int shards, boolean onDemand) {
        creator.create(name, shards, onDemand);
    }

    @Override
    public void delete(String name) {
        definition(name);
        remover.drop(name);
    }

    @Override
    public List<String> names() {
        return List.copyOf(catalog.streams.names());
    }

    @Override
    public StreamSummary describe(String name) {
        StreamDefinition declared = definition(name);
        StreamLog log = logIfReadable(name);
        if (log == null) {
            StreamOptions options = StreamOptions.of(declared.options(), declared.columns());
            return new StreamSummary(name, Instant.EPOCH, options.retention(), false);
        }
        StoredStream stream = store.stream(name);
        return new StreamSummary(name, stream.created(), stream.retention(), stream.onDemand());
    }

    @Override
    public StreamLog log(String name) {
        return stored(definition(name).name());
    }

    /** Returns since when there is a stream. */
    Instant created(String name) {
        return stored(definition(name).name()).created();
    }

    /** Returns whether there is a stream of this name, and this is its log. */
    @SuppressWarnings("ReferenceEquality") // a stream that is made anew has another log
    boolean has(String name, StreamLog log) {
        return catalog.streams.exact(name) != null && store.has(name) && store.stream(name) == log;
    }

    @Override
    public RowType columns(String name) {
        return definition(name).columns();
    }

    @Override
    public RowEncoder encoder(String name) {
        return encoderOf(definition(name));
    }

    private RowEncoder encoderOf(StreamDefinition stream) {
        return formats.recordFormat(
                        StreamOptions.of(stream.options(), stream.columns()).format())
                .encoder(stream.columns(), stream.options().without(StreamOptions.NAMES), stream.name());
    }

    /** Opens a stream's rows for reading. */
    StreamSource source(StreamDefinition stream, RowType wanted) {
        return source(stream, wanted, bounds(stream.name())::hasWriters);
    }

    /**
     * Opens a stream's rows for reading, with what is known of their time.
     *
     * @param ofQuery whether a query alone writes the stream, whose bounds are all that is known
     */
    TimedSource timed(StreamDefinition stream, RowType wanted, boolean ofQuery) {
        StreamBounds writers = bounds(stream.name());
        return new TimedSource(
                source(stream, TimedSource.withTime(wanted), () -> ofQuery || writers.hasWriters()),
                stream.rowtime(),
                wanted,
                clock);
    }

    private StreamSource source(StreamDefinition stream, RowType wanted, BooleanSupplier fedByPump) {
        return new StreamSource(
                stored(stream.name()),
                stream,
                wanted,
                formats.recordFormat(
                        StreamOptions.of(stream.options(), stream.columns()).format()),
                compiler,
                clock,
                fedByPump,
                threads);
    }

    /** Opens a stream's records for reading, whatever columns it has. */
    RecordSource records(StreamDefinition stream) {
        return new RecordSource(source(stream, stream.columns()), stream.columns(), () -> encoderOf(stream));
    }

    /** Returns how records with a stream's columns are read that are not its own. */
    RecordDecoder decoder(StreamDefinition stream) {
        return new RecordDecoder(
                formats.recordFormat(
                        StreamOptions.of(stream.options(), stream.columns()).format()),
                stream.columns(),
                stream.options().without(StreamOptions.NAMES),
                compiler);
    }

    /** Returns how records are read that have these columns in a format, whatever the stream says. */
    RecordDecoder decoder(String format, RowType columns) {
        return new RecordDecoder(formats.recordFormat(format), columns, Options.NONE, compiler);
    }

    /** Returns how whole records are read. */
    RecordDecoder wholeRecords() {
        return new RecordDecoder(formats.recordFormat("lines"), RecordSource.WHOLE, Options.NONE, compiler);
    }

    /** Returns what the pumps that write a stream promise. */
    StreamBounds bounds(String stream) {
        return bounds.computeIfAbsent(stream, name -> new StreamBounds());
    }

    /** Checks what a new definition says before anything is made of it. */
    void check(StreamDefinition stream) {
        StreamOptions options = StreamOptions.of(stream.options(), stream.columns());
        int[] all = new int[stream.columns().size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = i;
        }
        formats.recordFormat(options.format())
                .decoder(stream.columns(), all, stream.options().without(StreamOptions.NAMES), compiler);
    }

    /** Returns what keeps a stream from being read or written whole, or null where nothing does. */
    @Nullable
    MillraceException damage(String name) {
        try {
            return stored(name).damage();
        } catch (MillraceException e) {
            return e;
        }
    }

    /** Returns a stream's log, or null where nothing of it can be read. */
    @Nullable
    StreamLog logIfReadable(String name) {
        try {
            return stored(name);
        } catch (MillraceException e) {
            return null;
        }
    }

    private StoredStream stored(String name) {
        if (!store.has(name) && catalog.streams.exact(name) != null) {
            throw new MillraceException(
                    ErrorCode.DATA_CORRUPTED,
                    "the log of stream '" + name + "' is missing",
                    "put back its directory from a copy, or drop the stream");
        }
        return store.stream(name);
    }

    private StreamDefinition definition(String name) {
        StreamDefinition stream = catalog.streams.exact(name);
        if (stream == null) {
            String similar = catalog.streams.nameOf(name);
            throw new MillraceException(
                    ErrorCode.UNDEFINED_NAME,
                    "there is no stream '" + name + "'",
                    similar == null ? null : "did you mean '" + similar + "'?");
        }
        return stream;
    }
}
