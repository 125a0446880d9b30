package io.millrace.server.postgres.wire;

/** A message of the client: its type and its body. */
public record Message(char type, byte[] body) {

    public Payload payload() {
        return new Payload(body);
    }
}
