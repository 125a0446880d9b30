package io.millrace.examples.function;

import io.millrace.spi.function.AggregateFunction;
import io.millrace.testing.contract.AggregateFunctionContract;
import java.util.List;

class WeightedAverageTest extends AggregateFunctionContract {

    @Override
    protected Class<? extends AggregateFunction<?>> function() {
        return WeightedAverage.class;
    }

    @Override
    protected List<Group> groups() {
        return List.of(
                Group.of(null),
                new Group(List.of(List.of(10.0, 1.0), List.of(20.0, 3.0)), 17.5),
                new Group(List.of(List.of(5.0, 2.0)), 5.0),
                new Group(List.of(List.of(8.0, 0.0)), null));
    }
}
