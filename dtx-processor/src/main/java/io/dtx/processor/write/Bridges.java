package io.dtx.processor.write;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import io.dtx.processor.model.Compensation;
import io.dtx.processor.model.Method;
import io.dtx.processor.model.Step;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.lang.model.element.Modifier;

/** An override for each protected compensation of another package, so that the participant may call it. */
final class Bridges implements TypeRule {

    @Override
    public void addTo(TypeSpec.Builder type, Generation of) {
        Set<Method> bridged = new LinkedHashSet<>();
        for (Step step : of.steps()) {
            step.compensation()
                    .filter(compensation -> needs(compensation, of))
                    .ifPresent(compensation -> bridged.add(compensation.method()));
        }
        for (Method method : bridged) {
            MethodSpec.Builder override = Overrides.of(method, new CopiedAnnotations());
            type.addMethod(override.addStatement(Overrides.superCall(method)).build());
        }
    }

    /** Returns whether the participant reaches a compensation only through the woven class. */
    static boolean needs(Compensation compensation, Generation of) {
        Method method = compensation.method();
        return method.is(Modifier.PROTECTED) && !method.isInPackageOf(of.of().type());
    }
}
