package io.millrace.connector.iceberg;

import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.StagedObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.util.List;

/** A store on which everything fails from some call on, as after a crash: what was done before it stays done. */
final class FaultyStore implements ObjectStore {

    /** Counts the calls of all stores of one life. */
    static final class Life {
        private final int callsMax;
        private int calls;
        private java.util.function.Predicate<String> meantime = name -> false;

        Life(int callsMax) {
            this.callsMax = callsMax;
        }

        /** Has something done once, when a file is published that the predicate knows, which does it. */
        Life meantime(java.util.function.Predicate<String> something) {
            meantime = something;
            return this;
        }

        private void published(String name) {
            java.util.function.Predicate<String> something = meantime;
            meantime = ignored -> false;
            if (!something.test(name)) {
                meantime = something;
            }
        }

        private void call() throws IOException {
            if (++calls > callsMax) {
                throw new IOException("crashed before call " + calls);
            }
        }
    }

    private final ObjectStore store;
    private final Life life;

    FaultyStore(ObjectStore store, Life life) {
        this.store = store;
        this.life = life;
    }

    @Override
    public StagedObject stage(String name) throws IOException {
        life.call();
        StagedObject staged = store.stage(name);
        return new StagedObject() {
            @Override
            public OutputStream out() {
                return staged.out();
            }

            @Override
            public void seal() throws IOException {
                life.call();
                staged.seal();
            }

            @Override
            public void close() throws IOException {
                staged.close();
            }
        };
    }

    @Override
    public void publish(String name) throws IOException {
        life.call();
        store.publish(name);
        life.published(name);
    }

    @Override
    public void discard(String name) throws IOException {
        life.call();
        store.discard(name);
    }

    @Override
    public List<String> staged(String prefix) throws IOException {
        life.call();
        return store.staged(prefix);
    }

    @Override
    public List<String> list(String prefix) throws IOException {
        life.call();
        return store.list(prefix);
    }

    @Override
    public List<String> listBefore(String prefix, Instant time) throws IOException {
        life.call();
        return store.listBefore(prefix, time);
    }

    @Override
    public InputStream read(String name) throws IOException {
        life.call();
        return store.read(name);
    }

    @Override
    public SeekableByteChannel open(String name) throws IOException {
        life.call();
        return store.open(name);
    }

    @Override
    public void delete(String name) throws IOException {
        life.call();
        store.delete(name);
    }

    @Override
    public void close() {
        store.close();
    }
}
