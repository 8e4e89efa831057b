/**
 * The quickstart's shop in three processes over a cluster of three members, whose processes are killed, paused and cut off, and an
 * audit. Uses what users of dtx use. Read {@code Main} first.
 */
@NullMarked
package io.dtx.examples.cluster;

import org.jspecify.annotations.NullMarked;
