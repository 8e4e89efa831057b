package io.dtx.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every fuzz test of the module on what it begins with, on each beginning of that, and with each byte changed; without the fuzzer, which
 * would weave all classes of the process. Add the input of a finding to the test's {@code known()}.
 */
class KnownInputsTest {

    @TestFactory
    List<DynamicTest> known_inputs_are_decoded_or_refused() throws Exception {
        List<DynamicTest> tests = fuzzTests().stream()
                .map(each -> dynamicTest(each, () -> replay(each)))
                .toList();
        assertThat(tests).hasSizeGreaterThan(5);
        return tests;
    }

    private static List<String> fuzzTests() throws IOException {
        Path classes = Path.of(KnownInputsTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(each -> classes.relativize(each).toString())
                    .filter(each -> each.endsWith("FuzzTest.class"))
                    .map(each -> each.replace('/', '.').substring(0, each.length() - ".class".length()))
                    .sorted()
                    .toList();
        }
    }

    private static void replay(String name) throws Exception {
        Class<?> type = Class.forName(name);
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        Object test = constructor.newInstance();
        Method target = Arrays.stream(type.getDeclaredMethods())
                .filter(each -> each.isAnnotationPresent(FuzzTest.class))
                .findAny()
                .orElseThrow();
        target.setAccessible(true);
        Method known = type.getDeclaredMethod("known");
        known.setAccessible(true);
        for (byte[] input :
                ((Stream<?>) known.invoke(null)).map(byte[].class::cast).toList()) {
            target.invoke(test, (Object) input);
            for (int at = 0; at < Math.min(input.length, 256); at++) {
                target.invoke(test, (Object) Arrays.copyOf(input, at));
                byte[] changed = input.clone();
                changed[at] ^= (byte) (1 << at % 8);
                target.invoke(test, (Object) changed);
            }
        }
    }
}
