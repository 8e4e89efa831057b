package io.dtx.processor.write;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import io.dtx.processor.model.Transaction;
import java.util.Set;

/** An override for each transaction: it enters the gateway with the method itself as the body. */
record TransactionOverrides(CopiedAnnotations copied) implements TypeRule {

    // Outside a transaction these are plain calls, and cost no more than one.
    private static final Set<String> PLAIN_OUTSIDE = Set.of("SUPPORTS", "NOT_SUPPORTED", "NEVER");

    @Override
    public void addTo(TypeSpec.Builder type, Generation of) {
        for (Transaction transaction : of.transactions()) {
            boolean isVoid = Overrides.isVoid(transaction.method());
            MethodSpec.Builder override = Overrides.of(transaction.method(), copied);
            if (isPlainOutside(transaction)) {
                override.beginControlFlow("if (!$T.isActive())", Spi.TRANSACTION_CONTEXT)
                        .addStatement(isVoid ? "$L" : "return $L", Overrides.superCall(transaction.method()));
                if (isVoid) {
                    override.addStatement("return");
                }
                override.endControlFlow();
            }
            override.addStatement(
                    "$L$L().transaction($>$>$T.$L,\n$L)$<$<",
                    isVoid ? "" : "return ",
                    GatewayBinding.GATEWAY,
                    of.participant(),
                    of.constant(transaction),
                    Overrides.body(transaction.method()));
            type.addMethod(override.build());
        }
    }

    static boolean isPlainOutside(Transaction transaction) {
        return PLAIN_OUTSIDE.contains(transaction.propagation());
    }
}
