package io.dtx.runtime.protocol;

/**
 * Where the bytes of a command are in the log: the state keeps this in their place.
 *
 * @param index the entry's index
 * @param ordinal the command's place in the entry, counted over all of its batches from 0
 */
public record Payload(long index, int ordinal) {}
