package io.millrace.plan;

/** A column to sort by. */
public record SortKey(int column, boolean descending, boolean nullsFirst) {}
