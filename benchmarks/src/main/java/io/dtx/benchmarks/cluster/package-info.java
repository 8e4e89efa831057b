/**
 * The replicated log in processes of their own, and what it is measured by: an ideal log with two followers. Start reading at
 * {@link io.dtx.benchmarks.cluster.IdealLeader} and {@link io.dtx.benchmarks.cluster.ClusterSagas}.
 */
@NullMarked
package io.dtx.benchmarks.cluster;

import org.jspecify.annotations.NullMarked;
