package io.dtx.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import io.dtx.processor.model.AnnotatedClass;
import io.dtx.processor.model.Step;
import io.dtx.processor.model.Transaction;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** One class for which code is written, with the names that its parts have in that code. */
final class Generation {

    private final AnnotatedClass of;
    private final Map<Object, String> names = new IdentityHashMap<>();
    private final CodecNames codecs = new CodecNames();

    Generation(AnnotatedClass of) {
        this.of = of;
        Set<String> taken = new HashSet<>();
        of.steps().forEach(step -> names.put(step, unique(step.method().name(), taken)));
        of.transactions().forEach(each -> names.put(each, unique(each.method().name(), taken)));
    }

    AnnotatedClass of() {
        return of;
    }

    CodecNames codecs() {
        return codecs;
    }

    List<Step> steps() {
        return of.steps();
    }

    List<Transaction> transactions() {
        return of.transactions();
    }

    TypeName type() {
        return TypeName.get(of.type().asType());
    }

    ClassName bean() {
        return ClassName.get(packageName(), of.beanName());
    }

    ClassName calls() {
        return ClassName.get(packageName(), of.callsName());
    }

    ClassName participant() {
        return ClassName.get(packageName(), of.participantName());
    }

    String packageName() {
        return of.packageElement().getQualifiedName().toString();
    }

    /** Returns the name of a step's or a transaction's descriptor: {@code RESERVE}. */
    String constant(Object stepOrTransaction) {
        return upper(name(stepOrTransaction));
    }

    /** Returns a name made of a verb and a step's method: {@code recordReserve}. */
    String verb(String verb, Step step) {
        return verb + capital(name(step));
    }

    /** Returns the name of the codec of a step's result: {@code ReserveResult}. */
    String resultCodec(Step step) {
        return capital(name(step)) + "Result";
    }

    static String capital(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    static String upper(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    }

    private String name(Object stepOrTransaction) {
        String name = names.get(stepOrTransaction);
        if (name == null) {
            throw new IllegalArgumentException("not of " + of.label() + ": " + stepOrTransaction);
        }
        return name;
    }

    // Overloads get a number. Constants differ in upper case too.
    private static String unique(String name, Set<String> taken) {
        String candidate = name;
        for (int i = 2; !taken.add(upper(candidate)); i++) {
            candidate = name + i;
        }
        return candidate;
    }

    /** Names of codec methods, given out once per type. */
    static final class CodecNames {
        private final Map<String, String> byType = new HashMap<>();
        private final Set<String> taken = new HashSet<>();

        String of(String type, String wanted) {
            return byType.computeIfAbsent(type, key -> unique(wanted, taken));
        }
    }
}
