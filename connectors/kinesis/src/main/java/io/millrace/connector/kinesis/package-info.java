/**
 * Streams of Amazon Kinesis, and of whatever speaks its protocol, such as another Millrace: {@code kinesis://stream}.
 *
 * <p>A row becomes a record ({@link io.millrace.connector.kinesis.RowEntries}), and a batch some calls of {@code PutRecords}
 * ({@link io.millrace.connector.kinesis.StreamReceiver}). A call may take some records and leave others; those that were left
 * are remembered and sent again alone, as long as this life lasts. Kinesis knows no ids, so what a lost answer or a crash
 * has sent again may be there twice.
 */
@NullMarked
package io.millrace.connector.kinesis;

import org.jspecify.annotations.NullMarked;
