/**
 * Nexmark: people who sign up, auctions they open and bids they make, and twenty-four questions about them.
 *
 * <p>{@link io.millrace.benchmarks.nexmark.Events} says what event there is at each number, and nothing but the number
 * decides what is in it: any part of the events can be made by anybody, in any order, and is the same. The questions
 * lie as {@code .sql} files beside this package, with the peers' spelling where they need another.
 */
@NullMarked
package io.millrace.benchmarks.nexmark;

import org.jspecify.annotations.NullMarked;
