package io.dtx.runtime.weave;

import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.Attribute;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.TypePath;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/** Sends a method's code to one method, and what is said about it, its annotations and parameters, to another. */
final class SplitMethod extends MethodVisitor {

    private final MethodVisitor wrapper;
    private final Runnable atEnd;

    /**
     * Splits a method.
     *
     * @param original gets the code
     * @param wrapper gets the rest
     * @param atEnd gives the wrapper its code, and ends it
     */
    SplitMethod(MethodVisitor original, MethodVisitor wrapper, Runnable atEnd) {
        super(OpenedClassReader.ASM_API, original);
        this.wrapper = wrapper;
        this.atEnd = atEnd;
    }

    @Override
    public void visitParameter(String name, int access) {
        wrapper.visitParameter(name, access);
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotationDefault() {
        return wrapper.visitAnnotationDefault();
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
        return wrapper.visitAnnotation(descriptor, visible);
    }

    @Override
    public @Nullable AnnotationVisitor visitTypeAnnotation(
            int reference, @Nullable TypePath path, String descriptor, boolean visible) {
        return wrapper.visitTypeAnnotation(reference, path, descriptor, visible);
    }

    @Override
    public void visitAnnotableParameterCount(int count, boolean visible) {
        wrapper.visitAnnotableParameterCount(count, visible);
    }

    @Override
    public @Nullable AnnotationVisitor visitParameterAnnotation(int parameter, String descriptor, boolean visible) {
        return wrapper.visitParameterAnnotation(parameter, descriptor, visible);
    }

    @Override
    public void visitAttribute(Attribute attribute) {
        wrapper.visitAttribute(attribute);
    }

    @Override
    public void visitEnd() {
        super.visitEnd();
        atEnd.run();
    }
}
