package io.millrace.connector.iceberg;

import io.millrace.spi.connector.StagedObject;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** A staged file whose stream knows its name, with the file of keys beside it where rows take the place of others. */
final class TableFile implements StagedObject {

    private final StagedObject staged;
    private final @Nullable StagedObject keys;
    private final Out out;

    TableFile(String name, StagedObject staged, @Nullable StagedObject keys) {
        this.staged = staged;
        this.keys = keys;
        this.out = new Out(name, staged.out(), keys == null ? OutputStream.nullOutputStream() : keys.out());
    }

    /** The stream of a file of this name. */
    static final class Out extends FilterOutputStream {

        private final String name;
        private final OutputStream keys;

        Out(String name, OutputStream out, OutputStream keys) {
            super(out);
            this.name = name;
            this.keys = keys;
        }

        /** Returns the stream of the file of keys. */
        OutputStream keys() {
            return keys;
        }

        String name() {
            return name;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }
    }

    @Override
    public OutputStream out() {
        return out;
    }

    /** The file of keys first: where the other is whole, so is it. */
    @Override
    public void seal() throws IOException {
        if (keys != null) {
            keys.seal();
        }
        staged.seal();
    }

    @Override
    public void close() throws IOException {
        try {
            if (keys != null) {
                keys.close();
            }
        } finally {
            staged.close();
        }
    }
}
