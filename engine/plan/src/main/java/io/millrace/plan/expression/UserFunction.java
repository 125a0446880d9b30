package io.millrace.plan.expression;

/**
 * A function that somebody wrote in Java, by where its code is found.
 *
 * @param name name it was created under
 * @param className its class
 * @param jar SHA-256 of the jar that holds the class, in hexadecimal digits
 * @param deterministic whether it answers the same for the same arguments
 */
public record UserFunction(String name, String className, String jar, boolean deterministic) {}
