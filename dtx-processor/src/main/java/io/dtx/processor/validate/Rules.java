package io.dtx.processor.validate;

import io.dtx.processor.message.Problems;
import io.dtx.processor.model.AnnotatedClass;
import io.dtx.processor.model.SuperCall;
import java.util.List;
import java.util.function.Predicate;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** All rules, in the order of their codes' places: a class first, then its methods, then what they say. */
public final class Rules {

    private final Rule kind = new KindRule();
    private final Rule overridden;
    private final List<Rule> ofClasses;
    private final SuperCallRule superCalls;
    private final Rule module;

    /**
     * Judges with the compiler's view of types.
     *
     * @param isCompiled whether the source of an element is compiled
     */
    public Rules(Elements elements, Types types, Predicate<Element> isCompiled) {
        this.overridden = new OverriddenRule(elements);
        this.superCalls = new SuperCallRule(elements);
        this.ofClasses = List.of(
                new ClassRule(),
                new ContainerRule(),
                new SelfCallRule(),
                new MixedWeaveRule(elements, isCompiled),
                new MethodRule(),
                new AsynchronousRule(elements, types),
                overridden,
                new DefaultMethodRule(elements),
                new NameRule(),
                new SettingRule(),
                new RetryRule(types),
                new LaterRule(),
                new CompensationRule(),
                new ParameterRule(types),
                new ResultRule(elements, types),
                new RecordedRule(elements, types),
                new SensitiveRule(),
                new AccessRule());
        this.module = new ModuleRule(elements);
    }

    /** Adds everything that is wrong with a class. */
    public void judge(AnnotatedClass of, Problems problems) {
        kind.judge(of, problems);
        if (of.type().getKind() == ElementKind.CLASS || (of.inBytecode() && !problems.hasErrors())) {
            ofClasses.forEach(rule -> rule.judge(of, problems));
        }
    }

    /** Adds what is wrong with a class that declares and inherits no step or transaction, but implements what has some. */
    public void judgeOverrides(AnnotatedClass of, Problems problems) {
        overridden.judge(of, problems);
    }

    /**
     * Adds what is wrong with a call with {@code super}.
     *
     * @param of the class whose {@code super} it is
     * @param owner the class or interface of the method that it reaches
     */
    public void judgeSuperCall(AnnotatedClass of, AnnotatedClass owner, SuperCall call, Problems problems) {
        superCalls.judge(of, owner, call, problems);
    }

    /** Adds what is wrong with the module of a class, in the last round: until its code is written, nothing can provide it. */
    public void judgeModule(AnnotatedClass of, Problems problems) {
        module.judge(of, problems);
    }
}
