package io.dtx.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.runtime.ClassFileCalls.Call;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.utility.OpenedClassReader;
import org.junit.jupiter.api.Test;

/** What is read from class files is what a library reads from them. */
class ClassFileCallsTest {

    @Test
    void the_calls_in_classes_of_the_jdk_are_those_that_asm_finds() throws IOException {
        int calls = 0;
        Path util = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules/java.base/java/util");
        try (Stream<Path> files = Files.list(util)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".class")).toList()) {
                byte[] content = Files.readAllBytes(file);
                List<Call> read = ClassFileCalls.read(new ByteArrayInputStream(content));
                List<Call> written = read.stream()
                        .filter(call -> !call.in().equals("super::"))
                        .toList();
                assertThat(written).as(file.toString()).isEqualTo(byAsm(content));
                calls += written.size();
            }
        }
        assertThat(calls).isGreaterThan(2_000);
    }

    private static List<Call> byAsm(byte[] classFile) {
        List<Call> calls = new ArrayList<>();
        OpenedClassReader.of(classFile)
                .accept(
                        new ClassVisitor(OpenedClassReader.ASM_API) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String in, String inDescriptor, String signature, String[] exceptions) {
                                return new MethodVisitor(api) {
                                    @Override
                                    public void visitMethodInsn(
                                            int opcode, String owner, String name, String descriptor, boolean itf) {
                                        if (opcode == Opcodes.INVOKESPECIAL) {
                                            calls.add(new Call(access & 0xffff, in, inDescriptor, name, descriptor));
                                        }
                                    }
                                };
                            }
                        },
                        ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return calls;
    }
}
