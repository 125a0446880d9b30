package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Case;
import io.millrace.plan.expression.Expression.Cast;
import io.millrace.plan.expression.Expression.FieldAccess;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.Expression.Parameter;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.plan.expression.TimeUnit;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.IntervalType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.DataType.TimestampType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Expressions of all functions over all types that they are written for. */
final class RandomExpressions {

    private static final ArrayType ARRAY = new ArrayType(DataType.INTEGER, true);
    private static final MapType MAP = new MapType(DataType.VARCHAR, DataType.BIGINT, true);
    private static final RowType ROW =
            RowType.of(Field.nullable("a", DataType.INTEGER), Field.nullable("b", DataType.VARCHAR));

    /** All types that take part; the input has two columns of each. */
    static final List<DataType> TYPES = List.of(
            DataType.BOOLEAN,
            DataType.TINYINT,
            DataType.SMALLINT,
            DataType.INTEGER,
            DataType.BIGINT,
            DataType.REAL,
            DataType.DOUBLE,
            new DecimalType(5, 2),
            new DecimalType(18, 4),
            new DecimalType(38, 6),
            DataType.VARCHAR,
            DataType.VARBINARY,
            DataType.DATE,
            DataType.TIME,
            DataType.TIMESTAMP,
            DataType.TIMESTAMP_WITH_TIME_ZONE,
            new IntervalType(true),
            new IntervalType(false),
            ARRAY,
            MAP,
            ROW);

    /** Types that only casts make. */
    private static final List<DataType> CAST_TYPES = List.of(
            new CharacterType(3, false),
            new CharacterType(4, true),
            new TimestampType(3, false),
            new DecimalType(9, 0));

    /** An argument is a type, or a TimeUnit that is named by a literal. */
    private record Signature(ScalarFunction function, List<Object> arguments, DataType result) {}

    /** What takes four arguments. */
    private static final Set<ScalarFunction> FOUR = Set.of(ScalarFunction.OVERLAY, ScalarFunction.WIDTH_BUCKET);

    /**
     * They give arrays of types that take no part, take more arguments than are tried, or make no sense of any text, and are
     * the same code in both engines.
     */
    private static final Set<ScalarFunction> LEFT_OUT = Set.of(
            ScalarFunction.STRING_TO_ARRAY,
            ScalarFunction.REGEXP_SPLIT,
            ScalarFunction.REGEXP_MATCH,
            ScalarFunction.REGEXP_MATCHES,
            ScalarFunction.REGEXP_SUBSTR,
            ScalarFunction.REGEXP_INSTR,
            ScalarFunction.ENCODE,
            ScalarFunction.DECODE,
            ScalarFunction.ARRAY_FILL,
            ScalarFunction.GENERATE_SERIES);

    /** The functions that calls are made of. */
    static final List<ScalarFunction> FUNCTIONS = Arrays.stream(ScalarFunction.values())
            .filter(function -> !LEFT_OUT.contains(function))
            .toList();

    private static final Map<ScalarFunction, List<Signature>> SIGNATURES = signatures();

    private final Random random;
    private final RandomValues values;
    private final Map<DataType, List<ScalarFunction>> functionsOf = new HashMap<>();

    RandomExpressions(Random random) {
        this.random = random;
        this.values = new RandomValues(random);
        SIGNATURES.forEach((function, signatures) -> signatures.stream()
                .map(Signature::result)
                .distinct()
                .forEach(type -> functionsOf
                        .computeIfAbsent(type, t -> new ArrayList<>())
                        .add(function)));
    }

    static RowType input() {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < TYPES.size(); i++) {
            fields.add(Field.nullable("a" + i, TYPES.get(i)));
            fields.add(Field.nullable("b" + i, TYPES.get(i)));
        }
        return new RowType(fields);
    }

    /** Finds what each function accepts by asking for all combinations of up to three arguments, and four for two. */
    private static Map<ScalarFunction, List<Signature>> signatures() {
        Map<ScalarFunction, List<Signature>> found = new EnumMap<>(ScalarFunction.class);
        for (ScalarFunction function : FUNCTIONS) {
            List<Signature> signatures = new ArrayList<>();
            for (DataType result : TYPES) {
                extend(new Signature(function, List.of(), result), signatures);
            }
            found.put(function, signatures);
        }
        return found;
    }

    private static void extend(Signature prefix, List<Signature> signatures) {
        int count = prefix.arguments.size();
        List<Expression> arguments = new ArrayList<>();
        for (Object argument : prefix.arguments) {
            arguments.add(
                    argument instanceof TimeUnit unit
                            ? new Literal(unit.name(), DataType.VARCHAR)
                            : new Expression.Column(0, (DataType) argument, true));
        }
        if (Signatures.accepts(new Call(prefix.function, arguments, prefix.result, true))) {
            signatures.add(prefix);
        }
        List<Object> candidates = new ArrayList<>();
        if (count < 2) {
            candidates.addAll(TYPES);
            if (takesUnit(prefix.function, count)) {
                candidates.addAll(List.of(TimeUnit.values()));
            }
        } else if (count < 4) {
            // a third and a fourth argument are alike in all that matters
            candidates.addAll(List.of(
                    DataType.INTEGER,
                    DataType.BIGINT,
                    DataType.VARCHAR,
                    DataType.TIMESTAMP,
                    DataType.DATE,
                    DataType.BOOLEAN,
                    DataType.DOUBLE,
                    new DecimalType(18, 4)));
        }
        boolean hopeless = count >= 2 && signatures.size() > 400;
        for (Object candidate : hopeless ? List.of() : candidates) {
            if (count < 3 || FOUR.contains(prefix.function)) {
                List<Object> longer = new ArrayList<>(prefix.arguments);
                longer.add(candidate);
                extend(new Signature(prefix.function, longer, prefix.result), signatures);
            }
        }
    }

    private static boolean takesUnit(ScalarFunction function, int argument) {
        return switch (function) {
            case EXTRACT, TIMESTAMP_DIFF -> argument == 0;
            case FLOOR, CEIL -> argument == 1;
            default -> false;
        };
    }

    /** Returns a call of this function over arguments of some depth. */
    Expression call(ScalarFunction function, int depth) {
        List<Signature> signatures = SIGNATURES.get(function);
        return call(signatures.get(random.nextInt(signatures.size())), depth);
    }

    private Expression call(Signature signature, int depth) {
        List<Expression> arguments = new ArrayList<>();
        for (Object argument : signature.arguments) {
            arguments.add(
                    argument instanceof TimeUnit unit
                            ? new Literal(unit.name(), DataType.VARCHAR)
                            : of((DataType) argument, depth - 1));
        }
        return new Call(signature.function, arguments, signature.result, true);
    }

    /** Returns an expression of a type. */
    Expression of(DataType type, int depth) {
        if (depth <= 0 || random.nextInt(4) == 0) {
            return leaf(type);
        }
        return switch (random.nextInt(10)) {
            case 0, 1 -> cast(type, depth);
            case 2 -> choice(type, depth);
            default -> {
                List<ScalarFunction> functions = functionsOf.getOrDefault(type, Collections.emptyList());
                if (functions.isEmpty()) {
                    yield leaf(type);
                }
                List<Signature> signatures = SIGNATURES.get(functions.get(random.nextInt(functions.size()))).stream()
                        .filter(signature -> signature.result.equals(type))
                        .toList();
                yield call(signatures.get(random.nextInt(signatures.size())), depth);
            }
        };
    }

    Expression cast(DataType type, int depth) {
        List<DataType> sources = TYPES.stream()
                .filter(source -> CastSignatures.accepts(source, type))
                .toList();
        DataType source = sources.get(random.nextInt(sources.size()));
        Expression operand = of(source, depth - 1);
        DataType between = CAST_TYPES.get(random.nextInt(CAST_TYPES.size()));
        if (random.nextInt(3) == 0
                && CastSignatures.accepts(source, between)
                && CastSignatures.accepts(between, type)) {
            operand = new Cast(operand, between, true, random.nextBoolean());
        }
        return new Cast(operand, type, true, random.nextInt(3) == 0);
    }

    private Expression choice(DataType type, int depth) {
        List<Case.Branch> branches = new ArrayList<>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            branches.add(new Case.Branch(of(DataType.BOOLEAN, depth - 1), of(type, depth - 1)));
        }
        return new Case(branches, of(type, depth - 1), type, true);
    }

    private Expression leaf(DataType type) {
        int place = TYPES.indexOf(type);
        return switch (random.nextInt(12)) {
            case 0 -> new Literal(random.nextInt(4) == 0 ? null : values.value(type), type);
            case 1, 2 -> new Literal(values.value(type), type);
            case 3 -> new Parameter(place, type, true);
            case 4 -> {
                int field = ROW.fields().stream().map(Field::type).toList().indexOf(type);
                yield field < 0 ? column(place, type) : new FieldAccess(leaf(ROW), field, true);
            }
            default -> column(place, type);
        };
    }

    private Expression column(int place, DataType type) {
        return new Expression.Column(place * 2 + random.nextInt(2), type, true);
    }
}
