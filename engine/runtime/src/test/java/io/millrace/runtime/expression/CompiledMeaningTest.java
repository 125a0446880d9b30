package io.millrace.runtime.expression;

import io.millrace.runtime.code.JaninoClassCompiler;

class CompiledMeaningTest extends MeaningTest {
    @Override
    ExpressionEngine engine() {
        return new CompiledExpressions(new JaninoClassCompiler());
    }
}
