package io.millrace.server.command;

import io.millrace.spi.log.RecordBatch;

/** Puts records into one stream. */
interface RecordWriter extends AutoCloseable {

    /** Most records of one batch. */
    int BATCH_RECORDS_MAX = 500;

    /** Most bytes of one batch. */
    int BATCH_BYTES_MAX = 4 << 20;

    /** Puts records; returns when they are on disk. */
    void put(RecordBatch records);

    @Override
    void close();
}
