package io.millrace.runtime.checkpoint;

/** Takes the sections of a checkpoint, one after the other. For one thread at a time. */
interface SectionOutput {

    /** Begins a section. */
    void begin(String id, String layout);

    /**
     * Takes the next bytes of the section.
     *
     * @param block has them in its first {@code length} places
     * @return an array for further bytes, which may be the same
     */
    byte[] take(byte[] block, int length);

    /** Ends the section. */
    void end();
}
