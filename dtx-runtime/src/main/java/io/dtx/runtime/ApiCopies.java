package io.dtx.runtime;

import io.dtx.DtxException;
import io.dtx.SagaStep;
import io.dtx.spi.GeneratedCalls;
import io.dtx.spi.Participant;
import io.dtx.spi.StepDescriptor;
import io.dtx.spi.StepGateway;
import io.dtx.spi.TransactionDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks for a second dtx-api on the class path: which of the two a class gets would depend on the order of jars. */
final class ApiCopies {

    /** Classes that tell one version from another. */
    private static final List<Class<?>> TELLING = List.of(
            StepGateway.class,
            StepDescriptor.class,
            TransactionDescriptor.class,
            Participant.class,
            GeneratedCalls.class,
            SagaStep.class);

    private ApiCopies() {}

    /**
     * Refuses two versions that the application could see; copies of one version do no harm.
     *
     * @throws DtxException naming where they are
     */
    static void refuseTwo() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        refuseTwo(context == null ? ApiCopies.class.getClassLoader() : context);
    }

    static void refuseTwo(@Nullable ClassLoader loader) {
        if (loader == null) {
            return;
        }
        for (Class<?> each : TELLING) {
            String name = each.getName().replace('.', '/') + ".class";
            try {
                refuseTwo(name, Collections.list(loader.getResources(name)));
            } catch (IOException e) {
                System.getLogger(ApiCopies.class.getName())
                        .log(System.Logger.Level.DEBUG, "cannot look for copies of " + name, e);
            }
        }
    }

    private static void refuseTwo(String name, List<URL> copies) throws IOException {
        byte @Nullable [] first = null;
        for (URL each : copies) {
            byte[] content = read(each);
            if (first != null && !Arrays.equals(first, content)) {
                throw new DtxException(
                        null,
                        "DTX-1040 two versions of dtx-api are on the class path, with different " + name + ": " + copies
                                + ". Keep one: mvn dependency:tree -Dincludes=io.dtx says who brings them.",
                        null);
            }
            first = content;
        }
    }

    private static byte[] read(URL url) throws IOException {
        try (InputStream in = url.openStream()) {
            return in.readAllBytes();
        }
    }
}
