package io.dtx.processor;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Beside Lombok, in either order, the woven class has the constructors that Lombok writes. */
class LombokTest {

    private static final String LOMBOK = "lombok.launch.AnnotationProcessorHider$AnnotationProcessor";
    private static final String DTX = "io.dtx.processor.DtxProcessor";

    @TestFactory
    Stream<DynamicTest> the_order_of_the_processors_does_not_matter() throws IOException {
        if (Jdk.find(25).isEmpty()) {
            System.out.println("SKIPPED: Lombok on JDK 25, as there is none in " + Jdk.PLACES);
        }
        return Stream.concat(Stream.of(Jdk.running()), Jdk.find(25).stream())
                .flatMap(jdk -> Stream.of(List.of(LOMBOK, DTX), List.of(DTX, LOMBOK))
                        .map(order -> DynamicTest.dynamicTest(
                                jdk.home().getFileName() + " " + order.get(0), () -> compileAndRun(jdk, order))));
    }

    private static void compileAndRun(Jdk jdk, List<String> order) throws Throwable {
        Path output = GoodPrograms.folder();
        jdk.javac(Program.folder("lombok").sources(), output, "-processor", String.join(",", order));
        assertTrue(Files.exists(output.resolve("shop/ShopService_DtxBean.java")));
        GoodPrograms.exercise(GoodPrograms.loader(output), "shop.ShopServiceExercise")
                .run(new RecordingGateway());
    }
}
