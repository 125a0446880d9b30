package io.millrace.runtime.top;

/** Per partition the numbers of its rows, in order. Places count from 0. */
public interface RowPlaces {

    /** No row had to give way. */
    int NONE = -1;

    /** Puts a row into its place; returns the row that has no place any more, itself perhaps, or {@link #NONE}. */
    int add(int partition, int row);

    /** Takes a row out that is there. */
    void remove(int partition, int row);

    int count(int partition);

    /** Returns the row at a place below {@link #count}. */
    int row(int partition, int place);

    /** Takes the row at the last place out. */
    void removeLast(int partition);

    /** Takes all rows of a partition out. */
    void clear(int partition);
}
