/**
 * What dtx tells of values and of other people's texts: nothing of sensitive ones, and never more than a line. The services
 * are woven like an application's; {@link io.dtx.runtime.secrets.SensitiveValuesTest} is the one to read first.
 */
@NullMarked
package io.dtx.runtime.secrets;

import org.jspecify.annotations.NullMarked;
