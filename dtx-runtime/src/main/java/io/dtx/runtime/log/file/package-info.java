/**
 * The durable log of one process: segments of checksummed, chained records with a high-water mark, a manifest, and snapshots,
 * in a directory of its own. It depends on the port and on files, nothing else. Start at
 * {@link io.dtx.runtime.log.file.FileLog}; the format is laid down in {@code docs/adr/0002-log-file-format.md}.
 */
@NullMarked
package io.dtx.runtime.log.file;

import org.jspecify.annotations.NullMarked;
