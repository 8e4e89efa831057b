package io.dtx.processor.read;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import io.dtx.processor.model.SuperCall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/**
 * Finds calls with {@code super} in the source of a class. Elements do not tell what methods do, javac's trees do; under other
 * compilers there are none, and nothing is found.
 */
public final class SuperCalls implements Function<TypeElement, List<SuperCall>> {

    private static final String SUPER = "super";

    private final Trees trees;

    private SuperCalls(Trees trees) {
        this.trees = trees;
    }

    /** Returns how they are found in a compile. */
    public static Function<TypeElement, List<SuperCall>> of(ProcessingEnvironment environment) {
        try {
            return new SuperCalls(Trees.instance(environment));
        } catch (IllegalArgumentException | LinkageError e) { // not javac, or javac behind a tool's own environment
            return type -> List.of();
        }
    }

    @Override
    public List<SuperCall> apply(TypeElement type) {
        List<SuperCall> found = new ArrayList<>();
        ClassTree source = trees.getTree(type);
        if (source == null) {
            return found; // a class file
        }
        for (Element member : type.getEnclosedElements()) {
            Tree tree = trees.getTree(member);
            if (member instanceof ExecutableElement && tree != null) {
                new Scanner(type, member, found).scan(tree, null);
            }
        }
        Scanner rest = new Scanner(type, type, found);
        source.getMembers().stream()
                .filter(tree -> tree.getKind() != Tree.Kind.METHOD)
                .forEach(tree -> rest.scan(tree, null));
        return found;
    }

    /** Looks at one member of a class, and at the classes within it. */
    private static final class Scanner extends TreeScanner<Void, Void> {

        private final TypeElement type;
        private final Element in;
        private final List<SuperCall> found;
        private int depth;

        Scanner(TypeElement type, Element in, List<SuperCall> found) {
            this.type = type;
            this.in = in;
            this.found = found;
        }

        @Override
        public Void visitClass(ClassTree tree, Void unused) {
            depth++;
            super.visitClass(tree, null);
            depth--;
            return null;
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
            if (call.getMethodSelect() instanceof MemberSelectTree method) {
                String name = method.getIdentifier().toString();
                int arguments = call.getArguments().size();
                // In a class within the class, super alone is that one's, and so is Port.super.
                if (isAlone(method.getExpression()) && depth == 0) {
                    found.add(new SuperCall(in, null, name, arguments));
                } else if (method.getExpression() instanceof MemberSelectTree select && isQualified(select)) {
                    found.add(new SuperCall(in, select.getExpression().toString(), name, arguments));
                }
            }
            return super.visitMethodInvocation(call, null);
        }

        private static boolean isAlone(ExpressionTree tree) {
            return tree instanceof IdentifierTree name && name.getName().contentEquals(SUPER);
        }

        private boolean isQualified(MemberSelectTree tree) {
            return tree.getIdentifier().contentEquals(SUPER)
                    && tree.getExpression() instanceof IdentifierTree of
                    && (depth == 0 || of.getName().equals(type.getSimpleName()));
        }
    }
}
