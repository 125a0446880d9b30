package io.millrace.server.postgres;

import java.util.function.UnaryOperator;

/**
 * A setting of PostgreSQL that its clients expect.
 *
 * @param name as it is shown
 * @param initial value in a new session
 * @param reported whether clients are told when it changes
 * @param checked turns what a client sets into the value to keep, or refuses it
 */
record Setting(String name, String initial, boolean reported, UnaryOperator<String> checked) {}
