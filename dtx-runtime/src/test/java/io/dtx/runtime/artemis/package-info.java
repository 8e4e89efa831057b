/** Messages and rows in one ATOMIC transaction, with an Artemis broker and PostgreSQL. */
@NullMarked
package io.dtx.runtime.artemis;

import org.jspecify.annotations.NullMarked;
