package io.dtx.processor.validate;

import io.dtx.processor.message.Message;
import io.dtx.processor.message.Place;
import io.dtx.processor.message.Problems;
import io.dtx.processor.model.AnnotatedClass;
import io.dtx.processor.model.AnnotationUse;
import io.dtx.processor.model.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Names are readable and unique in their class; across classes that is checked at start. */
final class NameRule implements Rule {

    private static final Pattern NAME =
            Pattern.compile("[^\\p{Cntrl}\\p{Z}\"\\\\]([^\\p{Cntrl}\"\\\\]{0,98}[^\\p{Cntrl}\\p{Z}\"\\\\])?");
    private static final Pattern RESOURCE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    @Override
    public void judge(AnnotatedClass of, Problems problems) {
        judgeType(of, problems);
        Map<String, Method> steps = new HashMap<>();
        of.steps().forEach(step -> judge(step.name(), step.method(), step.annotation(), steps, problems));
        Map<String, Method> transactions = new HashMap<>();
        of.transactions().forEach(each -> judge(each.name(), each.method(), each.annotation(), transactions, problems));
        of.steps().stream()
                .filter(step ->
                        !step.isExternal() && !RESOURCE.matcher(step.resource()).matches())
                .forEach(step -> problems.add(
                        Message.RESOURCE_MALFORMED, step.annotation().place("resource"), escaped(step.resource())));
    }

    private static void judgeType(AnnotatedClass of, Problems problems) {
        of.transactionOnType()
                .filter(annotation -> !annotation.text("name").isEmpty())
                .ifPresent(annotation -> problems.add(
                        Message.NAME_ON_TYPE, annotation.place("name"), escaped(annotation.text("name")), of.label()));
    }

    private static void judge(
            String name, Method method, AnnotationUse annotation, Map<String, Method> known, Problems problems) {
        if (!NAME.matcher(name).matches()) {
            problems.add(Message.NAME_MALFORMED, annotation.place("name"), escaped(name));
        }
        Method other = known.putIfAbsent(name, method);
        if (other != null) {
            boolean isOnMethod = annotation.on().equals(method.element());
            problems.add(
                    Message.NAME_TWICE,
                    isOnMethod ? annotation.place("name") : Place.of(method.element()),
                    signature(other),
                    signature(method),
                    escaped(name));
        }
    }

    private static String signature(Method method) {
        StringBuilder signature = new StringBuilder(method.name()).append('(');
        method.parameterTypes()
                .forEach(type -> signature
                        .append(signature.charAt(signature.length() - 1) == '(' ? "" : ", ")
                        .append(Names.of(type)));
        return signature.append(')').toString();
    }

    static String escaped(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
