package io.dtx.runtime.log.file;

/**
 * Where a log stands behind a record.
 *
 * @param index the record's index
 * @param term its term
 * @param chain the hash over it and all before it
 * @param end the offset behind it in its segment
 */
record Mark(long index, long term, long chain, long end) {}
