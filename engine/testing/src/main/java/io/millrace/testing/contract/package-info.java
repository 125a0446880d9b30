/**
 * What every implementation of a contract must pass: abstract JUnit classes, extended once per
 * implementation.
 */
@NullMarked
package io.millrace.testing.contract;

import org.jspecify.annotations.NullMarked;
