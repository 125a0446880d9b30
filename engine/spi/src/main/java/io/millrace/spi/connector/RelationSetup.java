package io.millrace.spi.connector;

import io.millrace.spi.Options;
import io.millrace.spi.format.TableFileFormat;
import java.net.URI;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * All that a table of another system is opened with.
 *
 * @param name what it is called in statements
 * @param url the URL that names it
 * @param options its own options
 * @param format how its files are read, where it is made of some
 * @param stores opens the store of files at a place to be read; whoever asks closes it
 */
public record RelationSetup(
        String name,
        String url,
        Options options,
        Supplier<TableFileFormat> format,
        Function<URI, ObjectStore> stores) {}
