/** Checks annotated classes and generates what the runtime calls, while they are compiled. */
module io.dtx.processor {
    requires java.compiler;
    requires static jdk.compiler;
    requires com.palantir.javapoet;
    requires static org.jspecify;

    provides javax.annotation.processing.Processor with
            io.dtx.processor.DtxProcessor;
}
