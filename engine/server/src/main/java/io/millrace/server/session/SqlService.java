package io.millrace.server.session;

/** Opens SQL sessions. Safe for use by several threads. */
public interface SqlService {

    /**
     * Opens a session.
     *
     * @param user who it is for
     * @param applicationName what the client calls itself, may be empty
     */
    SqlSession open(String user, String applicationName);
}
