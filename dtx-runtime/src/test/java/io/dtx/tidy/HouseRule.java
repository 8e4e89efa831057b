package io.dtx.tidy;

import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Something that every file of the repository keeps to.
 *
 * @param name a sentence that is true of a tidy repository
 * @param violations what breaks it: where, and what to do
 */
record HouseRule(String name, Function<Repository, Stream<String>> violations) {}
