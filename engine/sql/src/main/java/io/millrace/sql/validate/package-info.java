/** Names and types: Calcite's validator over our catalog, with the hidden columns that every stream has. */
@NullMarked
package io.millrace.sql.validate;

import org.jspecify.annotations.NullMarked;
