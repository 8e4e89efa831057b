package io.dtx.processor.message;

import java.util.Locale;
import javax.tools.Diagnostic;

/**
 * Every text that the processor says. A code is never reused; docs/messages.md explains each. Texts say what is wrong, about
 * what, and how to mend it.
 */
public enum Message {

    // 1-9: names, durations, and what is not there yet; 8 was ATOMIC_LATER, retired: do not reuse
    STEP_ON_TYPE(1, "@SagaStep is for methods: put it on the methods of %s that are steps."),
    NAME_MALFORMED(2, "name = \"%s\" is no name: use 1 to 100 visible characters without quotes and backslashes."),
    NAME_TWICE(3, "%s and %s would both be called \"%s\" in the log: give one of them a name = \"...\"."),
    DURATION_MALFORMED(4, "%s = \"%s\" is no duration: write a whole number with ms, s, m or h%s"),
    RESOURCE_MALFORMED(5, "resource = \"%s\" is no name: use 1 to 64 of the characters A-Z a-z 0-9 . _ -"),
    PIVOT_LATER(6, "pivot = true comes with a later version of dtx, together with forward recovery: remove it."),
    FORWARD_LATER(7, "recovery = FORWARD comes with a later version of dtx: use BACKWARD, the default."),
    NAME_ON_TYPE(9, "name = \"%s\" would be the name of every method of %s: put it on the methods."),

    // 10-29: compensations
    COMPENSATION_MISSING(
            10,
            "%s has no compensation: name the method that undoes it, compensate = \"...\"; for a step that only reads,"
                    + " compensate = SagaStep.NONE."),
    COMPENSATION_OVERLOADED(11, "%s has %d methods called %s: give the compensation a name of its own."),
    COMPENSATION_UNKNOWN(12, "compensate = \"%s\" names no method of %s%s"),
    COMPENSATION_PRIVATE(13, "%s cannot be called for recovery because it is private: make it package-private."),
    COMPENSATION_STATIC(14, "%s cannot be a compensation because it is static: make it an instance method."),
    COMPENSATION_FINAL(15, "%s is final, and a container's proxy would call it on itself: remove final."),
    COMPENSATION_INACCESSIBLE(16, "%s cannot be reached from package %s: make it protected or public."),
    COMPENSATION_NOT_VOID(17, "%s returns %s, but nobody takes a compensation's result: make it void."),
    COMPENSATION_GENERIC(18, "%s has type variables: put the compensation where its types are known."),
    COMPENSATION_IS_STEP(19, "%s compensates %s and is itself a step: call an ordinary method from both."),
    COMPENSATION_IS_TRANSACTION(
            20, "%s compensates %s and starts a transaction: a compensation belongs to the one it undoes."),
    COMPENSATION_TAKES_MORE(
            21, "%s takes %d arguments, but %s has only %d to give: end its parameters where the step's end."),
    COMPENSATION_TYPE_DIFFERS(
            22, "parameter %d of %s is %s, but %s has %s there: a compensation takes the step's first parameters."),
    COMPENSATION_NAMES_SWAPPED(
            23, "%s takes '%s' where %s has '%s': take the parameters in the step's order, or rename them."),
    CONTEXT_NOT_LAST(24, "StepContext is the last parameter of %s, once: move it there."),
    RESULT_TWICE(25, "%s has more than one @StepResult: a step has one result."),
    RESULT_NOT_AFTER(26, "the @StepResult of %s stands before '%s': put it after the step's parameters."),
    RESULT_OF_VOID(27, "%s takes a @StepResult, but %s returns nothing: remove the parameter."),
    RESULT_TYPE_DIFFERS(28, "the @StepResult of %s is %s, but %s returns %s: use that type."),
    RESULT_NOT_OPTIONAL(
            29,
            "the @StepResult of %s is %s: %s has no resource, so its result may be unknown; take Optional<%s>,"
                    + " where empty is unknown."),

    // 30-39: recorded types
    RESULT_UNRECORDABLE(
            30,
            "%s returns %s, which cannot be recorded for %s%s. Remove the @StepResult, or return a record or an id%s."),
    ARGUMENT_UNRECORDABLE(
            31,
            "%s takes '%s' (%s), which cannot be recorded%s. End %s's parameters before it, or pass a record or an id%s."),
    CODEC_UNUSABLE(32, "%s cannot record %s: %s."),
    RESULT_STRAY(
            33,
            "%s takes a @StepResult but compensates no step of %s: remove the annotation, or name the method in"
                    + " a step's compensate."),
    COMPENSATION_PROTECTED(
            34,
            "%s is protected in another package, where only a subclass reaches it, and -Adtx.weave=%s writes none: make it"
                    + " public, or override it in %s."),

    // 40-59: methods
    METHOD_PRIVATE(40, "%s cannot be woven because it is private: make it package-private."),
    METHOD_STATIC(41, "%s cannot be woven because it is static: make it an instance method."),
    METHOD_FINAL(42, "%s cannot be woven because it is final: remove final."),
    METHOD_ABSTRACT(43, "%s is abstract: put @%s on the implementation."),
    METHOD_OF_INTERFACE(44, "%s belongs to an interface: put @%s on the implementation."),
    METHOD_GENERIC(45, "%s has type variables: put @%s on an implementation whose types are known."),
    METHOD_ASYNCHRONOUS(46, "%s returns %s, and would be finished before its work is: return the value itself."),
    METHOD_DEFERRED(
            47, "%s runs on another thread because of @%s, and would be finished before its work is: remove it."),
    METHOD_OF_JTA(
            48,
            "%s is @Transactional(%s): dtx runs it in transactions of its own. Remove @Transactional, or use NOT_SUPPORTED,"
                    + " NEVER or SUPPORTS."),
    METHOD_IS_BOTH(49, "%s is a step and a transaction: let the transaction be a method that calls the step."),
    STEP_TAKES_CONTEXT(50, "%s takes a StepContext that its callers do not have: ask StepContext.current() inside."),
    METHOD_INACCESSIBLE(51, "%s cannot be woven because it is package-private in %s: make it protected or public."),
    TYPE_HIDDEN(52, "%s uses %s, which generated code cannot name: make it %s."),
    METHOD_OUT_OF_ATOMIC(
            53,
            "%s is ATOMIC and @Transactional(%s), which takes it out of the transaction that it joins. Remove"
                    + " @Transactional; for a transaction of its own use propagation = REQUIRES_NEW."),

    SUPER_CALL(
            54,
            "%s calls super.%s, which would run a %s of %s past its guard: call %s without super, or move the code that is to"
                    + " run by itself to a method of its own."),
    SUPER_CALL_OF_DEFAULT(
            55,
            "%s is woven, and so is the default method %s, which it calls: one call would enter twice. Leave the annotation to"
                    + " one of them."),

    // 60-79: classes
    CLASS_FINAL(60, "%s cannot be woven because it is final: remove final."),
    CLASS_SEALED(61, "%s cannot be woven because it is sealed: make it non-sealed or a plain class."),
    CLASS_RECORD(62, "%s cannot be woven because it is a record: move the annotated methods to a class."),
    CLASS_OTHER(63, "%s cannot be woven because it is an %s: move the annotated methods to a class."),
    CLASS_INNER(64, "%s cannot be woven because it belongs to an instance of %s: make it static."),
    CLASS_PRIVATE(65, "%s cannot be woven because %s is private: make it package-private."),
    CLASS_WITHOUT_CONSTRUCTOR(66, "%s cannot be woven because all of its constructors are private: open one."),
    CLASS_GENERIC(
            67,
            "%s cannot be woven because it has type variables: make it abstract and annotate a subclass that says"
                    + " what they are."),
    CLASS_IS_EJB(68, "%s is an enterprise bean (@%s), whose calls to itself dtx would not see: make it a CDI bean."),
    CLASS_PRODUCES(
            69, "%s would be lost, as the woven class takes this bean's place: move @%s to a class without steps."),
    CLASS_STARTUP(
            70,
            "@Startup of %s would be lost, as the woven class takes this bean's place: move it to a class that injects %s."),
    CLASS_SPECIALIZES(71, "%s cannot be woven because it is @Specializes: use @Alternative with a @Priority."),
    CLASS_WITHOUT_METHODS(72, "%s has no public method that could be a transaction: annotate methods instead."),
    CLASS_INTERCEPTS(
            73, "%s is an @%s: it is called in the middle of other calls and cannot have steps or transactions."),
    CLASS_WAITS(
            74,
            "%s has Lombok annotations, but Lombok did not run: put it on the processor path beside dtx-processor."),
    MODULE_WITHOUT_PROVIDES(
            75, "module %s keeps %s to itself: add 'provides io.dtx.spi.Participant with %s;' to module-info.java."),

    WEAVE_UNKNOWN(76, "-Adtx.weave=%s is none of subclass, bytecode and none%s"),
    CLASS_INHERITS_TYPE_ANNOTATION(
            77,
            "%s inherits the @DistributedTransaction of %s, and -Adtx.weave=none leaves its calls to interceptors, which the"
                    + " annotation of a superclass does not call: put it on %s too."),
    CLASS_INHERITS_BYTECODE(
            78,
            "%s inherits %s, and the bytecode of %s is woven: with -Adtx.weave=none interceptors would enter each call a"
                    + " second time. Compile %s with -Adtx.weave=subclass or bytecode."),
    DEFAULT_METHOD_UNCOVERED(
            79,
            "%s inherits the default method %s.%s, which its @DistributedTransaction does not cover: override it and call it"
                    + " with super, or annotate methods instead of the class."),

    // 80-89: settings of steps
    NO_EFFECT_OF_LOCAL(
            80, "noEffectOn is for steps without a resource: the transaction of \"%s\" says whether %s took effect."),
    RETRY_ATTEMPTS(81, "maxAttempts = %s: use at least 1, or 0 for the default."),
    RETRY_MULTIPLIER(82, "multiplier = %s: use at least 1, so that delays do not shrink."),
    RETRY_JITTER(83, "jitter = %s: use 0 to 1, the part of the delay by which it varies."),
    RETRY_DELAYS(84, "delay = \"%s\" is longer than maxDelay = \"%s\": raise maxDelay."),
    RETRY_BOTH(85, "%s is in retryOn and in abortOn: decide."),
    FORWARD_OF_ATOMIC(
            86,
            "recovery = FORWARD is for sagas: an ATOMIC transaction that was not decided is rolled back. Remove it."),

    // 90-99: warnings
    RETRIED_OUTSIDE(
            90,
            "@Retry of MicroProfile repeats %s as another step: use retry = @StepRetry(...), which repeats it as the same"
                    + " one.",
            Diagnostic.Kind.WARNING),
    STEP_OVERRIDDEN(
            91,
            "%s overrides a %s of %s without being one: repeat the annotation if it is to be woven.",
            Diagnostic.Kind.WARNING),
    SENSITIVE_STRAY(
            92,
            "@Sensitive protects nothing on '%s': %s is neither a step nor a compensation nor a transaction, so dtx never sees"
                    + " the value. Remove it, or put it where the value goes.",
            Diagnostic.Kind.WARNING),
    SELF_CALL_UNSEEN(
            93,
            "-Adtx.weave=none leaves the calls of %s to interceptors, which do not see an object's calls of itself: one of %s"
                    + " from %s would be plain. Move one of them to another bean, or use -Adtx.weave=bytecode.",
            Diagnostic.Kind.WARNING),
    RETRIED_BY_INTERCEPTORS(
            94,
            "maxAttempts = %s of %s repeats what interceptors let go on, and some containers pass inner interceptors by then:"
                    + " use -Adtx.weave=subclass or bytecode, or see that nothing else intercepts the step.",
            Diagnostic.Kind.WARNING);

    private final int number;
    private final String format;
    private final Diagnostic.Kind kind;

    Message(int number, String format) {
        this(number, format, Diagnostic.Kind.ERROR);
    }

    Message(int number, String format, Diagnostic.Kind kind) {
        this.number = number;
        this.format = format;
        this.kind = kind;
    }

    /** Returns the stable code, such as {@code DTX-P012}. */
    public String code() {
        return String.format(Locale.ROOT, "DTX-P%03d", number);
    }

    /** Returns whether it fails the compile. */
    public Diagnostic.Kind kind() {
        return kind;
    }

    String text(Object... arguments) {
        return "[" + code() + "] " + String.format(Locale.ROOT, format, arguments);
    }
}
