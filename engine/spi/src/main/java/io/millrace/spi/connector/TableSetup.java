package io.millrace.spi.connector;

import io.millrace.spi.Options;
import io.millrace.spi.format.TableFileFormat;
import io.millrace.spi.type.DataType.RowType;
import java.net.URI;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * All that a table is opened with.
 *
 * @param delivery name of the delivery
 * @param identity what tells the delivery from all others, those of its name that are gone among them
 * @param location the URL that names the table
 * @param options the options that the factory has
 * @param formatOptions the options of the files' format
 * @param columns the columns that are delivered
 * @param format how files are written
 * @param stores opens the store of files at a place; whoever asks closes it
 * @param clock for the age of what is no longer needed
 */
public record TableSetup(
        String delivery,
        String identity,
        URI location,
        Options options,
        Options formatOptions,
        RowType columns,
        TableFileFormat format,
        Function<URI, ObjectStore> stores,
        InstantSource clock) {}
