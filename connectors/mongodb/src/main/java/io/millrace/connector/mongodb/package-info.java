/**
 * Collections of MongoDB: {@code mongodb://host:27017/database} or {@code mongodb+srv://…}, and the option {@code collection}.
 *
 * <p>A row becomes a document ({@link io.millrace.connector.mongodb.RowDocuments}) whose {@code _id} says which row it is: a
 * column of it, or else the delivery and the row's origin. It takes the place of the document with its id, so one that is
 * sent again is there once. A bulk write goes on behind a document that is refused ({@link
 * io.millrace.connector.mongodb.CollectionReceiver}).
 */
@NullMarked
package io.millrace.connector.mongodb;

import org.jspecify.annotations.NullMarked;
