package io.millrace.sql.validate;

import io.millrace.spi.type.DataType;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.validate.SqlValidator;

/**
 * A query whose names and types are known.
 *
 * @param node its tree, names resolved
 * @param validator what knows the types
 * @param tables the catalog it was checked against
 * @param endless whether it goes on
 * @param carriesRowtime whether it has a column named ROWTIME that is its rows' time
 * @param addedRowtime whether that column is not among those the query names, and comes last
 * @param parameterTypes types of its parameters by place
 */
public record ValidQuery(
        SqlNode node,
        SqlValidator validator,
        CatalogTables tables,
        boolean endless,
        boolean carriesRowtime,
        boolean addedRowtime,
        List<DataType> parameterTypes) {}
