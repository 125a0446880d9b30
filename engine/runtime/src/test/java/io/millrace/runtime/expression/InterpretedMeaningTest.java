package io.millrace.runtime.expression;

class InterpretedMeaningTest extends MeaningTest {
    @Override
    ExpressionEngine engine() {
        return new InterpretedExpressions();
    }
}
