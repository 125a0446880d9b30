package io.millrace.connector.delta;

import io.millrace.spi.connector.StagedObject;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A staged file whose stream knows its name. */
final class DeltaFile implements StagedObject {

    private final StagedObject staged;
    private final Out out;

    DeltaFile(String name, StagedObject staged) {
        this.staged = staged;
        this.out = new Out(name, staged.out());
    }

    /** The stream of a file of this name. */
    static final class Out extends FilterOutputStream {

        private final String name;

        private Out(String name, OutputStream out) {
            super(out);
            this.name = name;
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

    @Override
    public void seal() throws IOException {
        staged.seal();
    }

    @Override
    public void close() throws IOException {
        staged.close();
    }
}
