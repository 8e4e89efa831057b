package io.dtx.runtime.participant;

import io.dtx.spi.BeanSource;
import io.dtx.spi.Participant;
import io.dtx.spi.StepDescriptor;

/**
 * A step that this process can run and compensate.
 *
 * @param descriptor what its annotation says
 * @param participant calls its compensation
 * @param bean where the instance comes from
 */
public record RegisteredStep(StepDescriptor<?> descriptor, Participant participant, BeanSource bean) {}
