/**
 * The annotations that make methods transactional, and the contexts, identifiers and exceptions that their callers see.
 * It depends on the JDK only. Read {@code DistributedTransaction} first.
 */
@NullMarked
package io.dtx;

import org.jspecify.annotations.NullMarked;
