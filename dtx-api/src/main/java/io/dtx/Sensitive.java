package io.dtx;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a value that must not become readable through dtx: a card number, a password, a diagnosis. It stands on a parameter
 * of a step, a compensation or an orchestrating method, or on a component of a record that is the type, or a part of the type
 * (through records, sealed interfaces, arrays and type arguments), of such a parameter or of the result. Of a parameter of an
 * overridden method, or of an interface's, it counts as well.
 *
 * <p>dtx never prints arguments and results, marked or not. But it records why things failed, and an exception may tell what
 * it was given: {@code new RefusedException("card " + number)}. Therefore
 *
 * <ul>
 *   <li>of a failure of the marked step or compensation only the exception's type is recorded, and a code of dtx's; dtx's log
 *       lines about it have its types and stacks, without any message;
 *   <li>of why a transaction is rolled back only the exception's type is recorded, if its orchestrating method is marked, or
 *       if a marked method has been called on its thread, in it or in a transaction inside it.
 * </ul>
 *
 * <p>What it does not do: the caller gets the exception as it was thrown, and what the caller logs is up to the caller. A
 * reason that your code hands to {@link TransactionContext#setRollbackOnly} or an operator to a resolution is recorded as it
 * is. And the value itself is still recorded for the compensation, in the log and, a result, in the guard table of the step's
 * database: in plain binary form, not encrypted. The log's files are readable by their owner only (0600); protect the
 * directory and its backups like the data of your business, or hand over an id instead of the value.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
public @interface Sensitive {}
