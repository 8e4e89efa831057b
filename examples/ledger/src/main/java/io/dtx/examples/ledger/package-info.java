/**
 * A shop whose sales are rows in a PostgreSQL database and entries in a ledger, which is a file and takes part in two-phase commit
 * all the same. Start at {@link io.dtx.examples.ledger.Ledger}.
 */
@NullMarked
package io.dtx.examples.ledger;

import org.jspecify.annotations.NullMarked;
