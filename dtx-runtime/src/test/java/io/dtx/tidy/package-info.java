/**
 * The house rules that a machine can keep, for the files of the whole repository: start at {@link io.dtx.tidy.HouseRules}.
 * It reads sources as text and knows no class of dtx.
 */
@NullMarked
package io.dtx.tidy;

import org.jspecify.annotations.NullMarked;
