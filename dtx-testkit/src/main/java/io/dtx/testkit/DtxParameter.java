package io.dtx.testkit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.AnnotationSupport;

/** Gives each test of {@link DtxTest} its dtx. Public for JUnit only. */
public final class DtxParameter implements ParameterResolver, AfterEachCallback, TestExecutionExceptionHandler {

    private static final Namespace OURS = Namespace.create(DtxParameter.class);

    /** Made by JUnit. */
    public DtxParameter() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == DtxExtension.class
                && context.getTestMethod().isPresent();
    }

    @Override
    @SuppressWarnings("deprecation") // its successor is not there in the earlier versions of JUnit 5
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(OURS)
                .getOrComputeIfAbsent(
                        DtxExtension.class, key -> DtxExtension.inMemory(resources(context)), DtxExtension.class);
    }

    private static String[] resources(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getTestMethod(), DtxTest.class)
                .or(() -> AnnotationSupport.findAnnotation(context.getTestClass(), DtxTest.class))
                .map(DtxTest::value)
                .orElse(new String[0]);
    }

    private static @Nullable DtxExtension present(ExtensionContext context) {
        return context.getStore(OURS).get(DtxExtension.class, DtxExtension.class);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        DtxExtension dtx = present(context);
        if (dtx != null) {
            dtx.tell(failure);
        }
        throw failure;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        DtxExtension dtx = present(context);
        if (dtx != null) {
            dtx.end(context.getExecutionException().isPresent());
        }
    }
}
