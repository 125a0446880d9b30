package io.millrace.runtime.operator;

import java.util.List;

/**
 * How the rows of an operator go by lanes.
 *
 * @param first id of the plan node whose key they go by: what is behind it is in the same lanes
 * @param keys columns of that key, for each of its inputs
 * @param lanes how many there are
 * @param lanesAside how many lanes are on disk now
 * @param asideBytes how many bytes the operator's state has there
 */
public record LaneReport(String first, List<List<String>> keys, int lanes, int lanesAside, long asideBytes) {

    public LaneReport {
        keys = List.copyOf(keys);
    }
}
