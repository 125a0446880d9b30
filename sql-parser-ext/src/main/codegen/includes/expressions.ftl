/** STEP(x BY y): x rounded down to a multiple of y. */
SqlNode MillraceStep() :
{
    final Span s;
    final SqlNode value;
    final SqlNode size;
}
{
    <STEP> { s = span(); }
    <LPAREN>
    value = Expression(ExprContext.ACCEPT_SUB_QUERY)
    ( <BY> | <COMMA> )
    size = Expression(ExprContext.ACCEPT_SUB_QUERY)
    <RPAREN>
    { return SqlStep.call(s.end(this), value, size); }
}

/** SELECT unnest(x): a function like any other where no relation can stand; SELECT unnest FROM unnest(x): its column. */
SqlNode PostgresUnnest() :
{
    final Span s;
    final SqlNode value;
}
{
    <UNNEST> { s = span(); }
    (
        <LPAREN>
        value = Expression(ExprContext.ACCEPT_SUB_QUERY)
        <RPAREN> {
            return createCall(
                new SqlIdentifier("unnest", s.pos()), s.end(this),
                SqlFunctionCategory.USER_DEFINED_FUNCTION, null, new SqlNode[] {value});
        }
    |
        { return new SqlIdentifier("unnest", s.pos()); }
    )
}

/** x::type is CAST(x AS type), and binds tighter than any other operator. */
void PostgresCast(List<Object> list, ExprContext exprContext, Span s) :
{
    final SqlDataTypeSpec type;
    final SqlNode unit;
}
{
    <INFIX_CAST> { checkNonQueryExpression(exprContext); }
    (
        <INTERVAL>
        (
            unit = IntervalQualifier() {
                list.add(new SqlParserUtil.ToTreeListItem(PostgresOperators.CAST, getPos()));
                list.add(unit);
            }
        |
            { list.add(PostgresInterval.ofText((SqlNode) list.remove(list.size() - 1), getPos())); }
        )
    |
        type = DataType() {
            list.add(new SqlParserUtil.ToTreeListItem(PostgresOperators.CAST, getPos()));
            list.add(type);
        }
    )
}

/** timestamptz '2026-01-01 12:00', TIMESTAMP WITH TIME ZONE '…', int4 '5': a text that is cast. */
SqlNode PostgresTypedText() :
{
    final SqlDataTypeSpec type;
    final SqlNode text;
}
{
    type = DataType()
    text = StringLiteral()
    { return SqlStdOperatorTable.CAST.createCall(Span.of(type).end(this), text, type); }
}

/** x AT TIME ZONE y is TIMEZONE(y, x). */
void PostgresAtTimeZone(List<Object> list, ExprContext exprContext, Span s) :
{}
{
    <AT> { checkNonQueryExpression(exprContext); }
    <TIME> <ZONE> {
        list.add(new SqlParserUtil.ToTreeListItem(PostgresOperators.AT_TIME_ZONE, getPos()));
    }
    AddExpression2b(list, ExprContext.ACCEPT_SUB_QUERY)
}

/** x OPERATOR(pg_catalog.~) y. */
void PostgresOperator(List<Object> list, ExprContext exprContext, Span s) :
{
    final SqlOperator op;
}
{
    <OPERATOR> { checkNonQueryExpression(exprContext); }
    <LPAREN>
    [ SimpleIdentifier() <DOT> ]
    op = PostgresOperatorSign()
    <RPAREN> {
        list.add(new SqlParserUtil.ToTreeListItem(op, getPos()));
    }
    AddExpression2b(list, ExprContext.ACCEPT_SUB_QUERY)
}

SqlOperator PostgresOperatorSign() :
{
    boolean negated = false;
    boolean like = false;
    boolean anyCase = false;
    final SqlOperator op;
}
{
    (
        [ <NEGATE> { negated = true; } ]
        <TILDE>
        [ <TILDE> { like = true; } ]
        [ <STAR> { anyCase = true; } ]
        { return PostgresOperators.match(negated, like, anyCase); }
    |
        LOOKAHEAD(2)
        op = BinaryRowOperator() { return op; }
    )
}

/** x | y, x # y, x >> y, x ^@ y, and what is asked of two arrays: calls of functions. */
void PostgresBinary(List<Object> list, ExprContext exprContext, Span s) :
{
    final SqlOperator op;
}
{
    (
        <VERTICAL_BAR> { op = PostgresOperators.BIT_OR; }
    |
        <HASH> { op = PostgresOperators.BIT_XOR; }
    |
        <GT> <GT> { op = PostgresOperators.SHIFT_RIGHT; }
    |
        <STARTS> { op = PostgresOperators.STARTS_WITH; }
    |
        <HOLDS_ALL> { op = PostgresOperators.HOLDS_ALL; }
    |
        <HELD_BY> { op = PostgresOperators.HELD_BY; }
    |
        <OVERLAPPING> { op = PostgresOperators.OVERLAPPING; }
    ) {
        checkNonQueryExpression(exprContext);
        list.add(new SqlParserUtil.ToTreeListItem(op, getPos()));
    }
    AddExpression2b(list, ExprContext.ACCEPT_SUB_QUERY)
}

/** COLLATE pg_catalog.default: text is always compared by its code points, so the clause says nothing. */
void PostgresCollate(List<Object> list, ExprContext exprContext, Span s) :
{}
{
    <COLLATE> { checkNonQueryExpression(exprContext); }
    (
        <COLLATION_ID>
    |
        LOOKAHEAD(2)
        SimpleIdentifier() <DOT> ( <DEFAULT_> | SimpleIdentifier() )
    |
        SimpleIdentifier()
    )
}

/** current_schema() as PostgreSQL's clients write it. */
SqlNode MillraceCurrentSchema() :
{
    final Span s;
}
{
    <CURRENT_SCHEMA> { s = span(); } <LPAREN> <RPAREN>
    { return SqlStdOperatorTable.CURRENT_SCHEMA.createCall(s.end(this)); }
}

/** What LIMIT, OFFSET and FETCH say: a number, $1, $1::int, NULL, or ('5'::int4). */
SqlNode RowCount() :
{
    final SqlNode e;
}
{
    (
        e = UnsignedNumericLiteralOrParam()
        [ <INFIX_CAST> DataType() ]
    |
        <NULL> { e = SqlLiteral.createNull(getPos()); }
    |
        <LPAREN> e = Expression(ExprContext.ACCEPT_NON_QUERY) <RPAREN>
    )
    { return e; }
}

/** The partition keys of MATCH_RECOGNIZE. */
SqlNodeList MatchPartitionList(Span s) :
{
    final List<SqlNode> list = new ArrayList<SqlNode>();
}
{
    AddMatchPartition(list)
    (
        <COMMA> AddMatchPartition(list)
    )* {
        return new SqlNodeList(list, s.addAll(list).pos());
    }
}

void AddMatchPartition(List<SqlNode> list) :
{
    final SqlNode e;
    final SqlIdentifier name;
}
{
    e = Expression(ExprContext.ACCEPT_NON_QUERY)
    (
        <AS> name = SimpleIdentifier() {
            list.add(SqlStdOperatorTable.AS.createCall(Span.of(e).end(this), e, name));
        }
    |
        { list.add(e); }
    )
}

/** {@code CLASSIFIER(a)}: a function of a variable, which is no expression. */
SqlCall ClassifierOf() :
{
    final Span s;
    final SqlIdentifier variable;
}
{
    <CLASSIFIER> { s = span(); } <LPAREN> variable = SimpleIdentifier() <RPAREN> {
        return new SqlUnresolvedFunction(
                new SqlIdentifier("CLASSIFIER", getPos()), null, null, null, null,
                SqlFunctionCategory.MATCH_RECOGNIZE)
            .createCall(s.end(this), variable);
    }
}

/** DISTINCT ON (a, b): the first row of each, as PostgreSQL has it. */
SqlNodeList MillraceDistinctOn() :
{
    final Span s;
    final List<SqlNode> keys = new ArrayList<SqlNode>();
    SqlNode key;
}
{
    <DISTINCT> { s = span(); } <ON>
    <LPAREN>
    key = Expression(ExprContext.ACCEPT_SUB_QUERY) { keys.add(key); }
    ( <COMMA> key = Expression(ExprContext.ACCEPT_SUB_QUERY) { keys.add(key); } )*
    <RPAREN>
    { return new SqlNodeList(keys, s.end(this)); }
}

JoinType MillraceSemiJoin() :
{}
{
    [ <LEFT> ] <SEMI> <JOIN> { return JoinType.LEFT_SEMI_JOIN; }
}

JoinType MillraceAntiJoin() :
{}
{
    [ <LEFT> ] <ANTI> <JOIN> { return JoinType.LEFT_ANTI_JOIN; }
}

/** GROUP BY ALL, with nothing behind it: all that SELECT has beside aggregates. */
List<SqlNode> MillraceGroupByAll() :
{}
{
    { return java.util.Collections.singletonList(MillraceClauses.groupByAll(getPos())); }
}

/** {@code ORDER BY ALL DESC NULLS LAST}. */
void MillraceOrderByAll(List<SqlNode> list) :
{
    SqlNode all;
}
{
    <ALL> { all = MillraceClauses.orderByAll(getPos()); }
    (
        <ASC>
    |
        <DESC> { all = SqlStdOperatorTable.DESC.createCall(getPos(), all); }
    )?
    (
        LOOKAHEAD(2)
        <NULLS> <FIRST> { all = SqlStdOperatorTable.NULLS_FIRST.createCall(getPos(), all); }
    |
        <NULLS> <LAST> { all = SqlStdOperatorTable.NULLS_LAST.createCall(getPos(), all); }
    )?
    { list.add(all); }
}

/** text -> 'name', text ->> 0: a part of JSON. */
void PostgresJsonStep(List<Object> list, ExprContext exprContext, Span s) :
{
    final SqlOperator op;
}
{
    (
        <LAMBDA> { op = PostgresOperators.JSON_PART; }
    |
        <JSON_TEXT> { op = PostgresOperators.JSON_PART_TEXT; }
    )
    {
        checkNonQueryExpression(exprContext);
        list.add(new SqlParserUtil.ToTreeListItem(op, getPos()));
    }
    AddExpression2b(list, ExprContext.ACCEPT_SUB_QUERY)
}

/** x ISNULL, x NOTNULL. */
void PostgresIsNull(List<Object> list, ExprContext exprContext, Span s) :
{
    final SqlOperator op;
}
{
    (
        <ISNULL> { op = SqlStdOperatorTable.IS_NULL; }
    |
        <NOTNULL> { op = SqlStdOperatorTable.IS_NOT_NULL; }
    )
    {
        checkNonQueryExpression(exprContext);
        list.add(new SqlParserUtil.ToTreeListItem(op, getPos()));
    }
}
