package io.dtx.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import javax.lang.model.element.Modifier;

/**
 * The bean's gateway: a field, the method that sets it, and the one that asks for it.
 *
 * @param injects whether a container may call the method that sets it
 */
record GatewayBinding(boolean injects) implements TypeRule {

    /** The method of generated beans that returns the gateway. */
    static final String GATEWAY = "dtxGateway";

    @Override
    public void addTo(TypeSpec.Builder type, Generation of) {
        type.addField(
                Spi.GATEWAY, GATEWAY, Modifier.PRIVATE); // not transient: a container's proxy of it can be serialized
        MethodSpec.Builder bind = MethodSpec.methodBuilder("dtxBind")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .addParameter(Spi.GATEWAY, "gateway")
                .addStatement("this.$L = gateway", GATEWAY);
        if (injects) {
            bind.addAnnotation(ClassName.get("jakarta.inject", "Inject"));
        }
        type.addMethod(bind.build());
        type.addMethod(MethodSpec.methodBuilder(GATEWAY)
                .addModifiers(Modifier.PRIVATE)
                .returns(Spi.GATEWAY)
                .beginControlFlow("if ($L == null)", GATEWAY)
                .addStatement(
                        "throw new $T($S)",
                        IllegalStateException.class,
                        "DTX-2035 " + of.of().label()
                                + " was called before it knew its gateway: do not call its steps and transactions from its"
                                + " constructor, and make it with Dtx.create, Dtx.register or by injection.")
                .endControlFlow()
                .addStatement("return $L", GATEWAY)
                .build());
    }
}
