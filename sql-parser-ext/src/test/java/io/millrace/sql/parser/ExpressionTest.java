package io.millrace.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a::int4                      | CAST(\"a\" AS INTEGER)",
                "-a::int8                     | - CAST(\"a\" AS BIGINT)",
                "a + b::float8::text          | \"a\" + CAST(CAST(\"b\" AS DOUBLE) AS VARCHAR)",
                "a::timestamptz               | CAST(\"a\" AS TIMESTAMP WITH LOCAL TIME ZONE)",
                "a::pg_catalog.text           | CAST(\"a\" AS VARCHAR)",
                "a::pg_catalog.regclass       | CAST(\"a\" AS \"pg_catalog\".\"regclass\")",
                "a::text[]                    | CAST(\"a\" AS VARCHAR ARRAY)",
                "a !~* 'x' AND b              | \"a\" !~* 'x' AND \"b\"",
                "a OPERATOR(pg_catalog.~) 'x' COLLATE pg_catalog.default | \"a\" ~ 'x'",
                "a OPERATOR(pg_catalog.!~~*) 'x' | \"a\" NOT ILIKE 'x'",
                "a != 1                       | \"a\" <> 1",
                "(f(a))[1]                    | \"f\"(\"a\")[1]",
                "$2 + $1                      | $2 + $1",
                "Step (x by 5)                | STEP(\"x\" BY 5)",
                "current_schema()             | CURRENT_SCHEMA",
                "unnest(a)                    | \"unnest\"(\"a\")",
                "unnest::text                 | CAST(\"unnest\" AS VARCHAR)",
                "pg_catalog.translate(a, b, c) | TRANSLATE(\"a\", \"b\", \"c\")",
                "pg_catalog.current_schema()  | CURRENT_SCHEMA",
                "interval '90 minutes'        | INTERVAL '0 01:30:00.000000' DAY(10) TO SECOND(6)",
                "interval '-3 month'          | INTERVAL -'3' MONTH(10)",
                "interval '1 day 02:00:00.5'  | INTERVAL '1 02:00:00.500000' DAY(10) TO SECOND(6)",
                "a - interval '1y 2 mons'     | \"a\" - INTERVAL '14' MONTH(10)",
                "interval '90' minute         | INTERVAL '90' MINUTE",
                "a AT TIME ZONE 'UTC'         | \"timezone\"('UTC', \"a\")",
                "a::timestamptz at time zone z::text | \"timezone\"(CAST(\"z\" AS VARCHAR), CAST(\"a\" AS TIMESTAMP"
                        + " WITH LOCAL TIME ZONE))",
                "b + a AT TIME ZONE 'UTC' AT TIME ZONE 'CET' | \"b\" + \"timezone\"('CET', \"timezone\"('UTC', \"a\"))",
            })
    void anExpressionIsReadAs(String expression, String written) throws ParseFailure {
        assertThat(MillraceParser.text(MillraceParser.parseExpression(expression)))
                .isEqualToNormalizingWhitespace(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 fortnight", "1 month 1 day", "x", "", "1.5 months", "1", "1 hour and more"})
    void anIntervalThatDoesNotReadIsRefused(String text) {
        assertThatThrownBy(() -> MillraceParser.parseExpression("interval '" + text + "'"))
                .isInstanceOf(ParseFailure.class)
                .hasMessageContaining("interval '" + text + "' does not read as one");
    }

    @Test
    void anyWordIsANameBehindAs() throws ParseFailure {
        String query = "SELECT a AS value, b AS table, c AS SELECT, e AS Count, f AS DEFAULT, d AS \"Table\" FROM"
                + " generate_series(lower(1), 2) AS t";

        assertThat(MillraceParser.text(MillraceParser.parse(query)))
                .contains(
                        "\"a\" AS \"value\"",
                        "\"b\" AS \"table\"",
                        "\"c\" AS \"SELECT\"",
                        "\"e\" AS \"Count\"",
                        "\"f\" AS \"default\"",
                        "\"d\" AS \"Table\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "datetime",
                "empty",
                "equals",
                "contains",
                "groups",
                "initial",
                "lag",
                "lead",
                "next",
                "one",
                "ordinal",
                "pattern",
                "per",
                "percent",
                "prev",
                "reset",
                "running",
                "show",
                "skip",
                "uuid",
                "upsert",
                "variant",
                "monday",
                "sunday",
                "json_value",
                "pump",
                "watermark",
                "delivery",
                "step",
                "streams",
                "result",
                "value_of",
                "element",
                "old",
                "open",
                "close",
                "search",
                "static"
            })
    void aWordThatKinesisAnalyticsLeavesFreeIsAName(String word) throws ParseFailure {
        String query = "SELECT t." + word + ", " + word + " AS " + word + " FROM " + word + " AS t WHERE " + word
                + " > 1 GROUP BY " + word;

        assertThat(MillraceParser.text(MillraceParser.parse(query))).contains("\"t\".\"" + word + "\"");
        MillraceParser.parse("CREATE STREAM " + word + " (" + word + " INTEGER, b VARCHAR(8))");
    }
}
