package io.dtx.processor.validate;

import io.dtx.processor.message.Message;
import io.dtx.processor.message.Problems;
import io.dtx.processor.model.AnnotatedClass;
import io.dtx.processor.model.AnnotationUse;
import io.dtx.processor.model.Duration;
import io.dtx.processor.model.Step;
import io.dtx.processor.model.Transaction;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations, and settings that would have no effect. */
final class SettingRule implements Rule {

    private static final Pattern NEARLY = Pattern.compile("\\s*([0-9]+)\\s*([A-Za-z]*)\\s*");
    private static final Map<String, String> UNITS = Map.of("ms", "ms", "msec", "ms");

    @Override
    public void judge(AnnotatedClass of, Problems problems) {
        for (Transaction transaction : of.transactions()) {
            duration(transaction.annotation(), "timeout", transaction.timeout(), problems);
        }
        for (Step step : of.steps()) {
            duration(step.annotation(), "timeout", step.timeout(), problems);
            if (!step.noEffectOn().isEmpty() && !step.isExternal()) {
                problems.add(
                        Message.NO_EFFECT_OF_LOCAL,
                        step.annotation().place("noEffectOn"),
                        NameRule.escaped(step.resource()),
                        step.method().label());
            }
        }
    }

    static void duration(AnnotationUse annotation, String member, Duration duration, Problems problems) {
        boolean isZero = duration.millis() == 0 && !duration.text().isEmpty() && !member.equals("delay");
        if (!duration.isWellFormed() || isZero) {
            problems.add(
                    Message.DURATION_MALFORMED,
                    annotation.place(member),
                    member,
                    NameRule.escaped(duration.text()),
                    suggestion(duration.text()));
        }
    }

    private static String suggestion(String text) {
        Matcher form = NEARLY.matcher(text);
        if (!form.matches() || form.group(1).length() > 9) {
            return ", up to ten years.";
        }
        String number = form.group(1);
        String unit = form.group(2).toLowerCase(Locale.ROOT);
        if (Duration.of(number + "s").millis() == 0) {
            return ", above zero.";
        }
        if (unit.isEmpty()) {
            return "; did you mean \"" + number + "ms\" or \"" + number + "s\"?";
        }
        String known = UNITS.getOrDefault(unit, unit.startsWith("mil") ? "ms" : unit.substring(0, 1));
        Duration meant = Duration.of(number + known);
        return meant.isWellFormed() ? "; did you mean \"" + meant.text() + "\"?" : ".";
    }
}
