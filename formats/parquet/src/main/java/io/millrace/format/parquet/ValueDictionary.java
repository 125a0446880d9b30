package io.millrace.format.parquet;

import org.apache.parquet.bytes.BytesInput;

/** The values of a column chunk, each once, in the order in which they came first. */
interface ValueDictionary {

    int size();

    /** Returns how many bytes {@link #toBytes} has. */
    int bytes();

    /** Returns the values one after the other, as a page without a dictionary has them. */
    BytesInput toBytes();
}
