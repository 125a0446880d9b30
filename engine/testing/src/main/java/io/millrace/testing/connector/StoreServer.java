package io.millrace.testing.connector;

/** A server that keeps files, as somebody else uses it. */
public interface StoreServer extends AutoCloseable {

    /** Puts a file there, in the place of one that is. */
    void put(String name, byte[] content);

    /** Deletes a file. */
    void delete(String name);

    /** Returns the door in front of the server that fails when it is told to. */
    FaultyDoor faults();

    /** Returns the options in SQL of a store behind that door. */
    String faultyOptions();

    @Override
    void close();
}
