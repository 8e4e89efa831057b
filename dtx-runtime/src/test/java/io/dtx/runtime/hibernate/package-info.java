/** Entities in guarded steps, with Hibernate ORM over H2. */
@NullMarked
package io.dtx.runtime.hibernate;

import org.jspecify.annotations.NullMarked;
