package io.dtx.processor.read;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import io.dtx.processor.model.SuperCall;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.util.function.Consumer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * Finds the calls with {@code super} in the classes of a compile, once javac has analysed them: only then it is known which of
 * several methods is meant. Elements do not tell what methods do, javac's trees do; under other compilers there are none, and
 * nothing is found.
 */
public final class SuperCalls implements TaskListener {

    private final Trees trees;
    private final Consumer<SuperCall> to;

    private SuperCalls(Trees trees, Consumer<SuperCall> to) {
        this.trees = trees;
        this.to = to;
    }

    /**
     * Finds them from now on, in all classes.
     *
     * @param to gets each, after the last round of processing
     */
    public static void find(ProcessingEnvironment environment, Consumer<SuperCall> to) {
        try {
            ProcessingEnvironment javac = unwrapped(environment);
            JavacTask.instance(javac).addTaskListener(new SuperCalls(Trees.instance(javac), to));
        } catch (IllegalArgumentException | LinkageError e) {
            return; // not javac, or javac behind a tool's own environment
        }
    }

    /** Returns the compiler's own environment; Gradle gives processors one that keeps it in a field, to see what they write. */
    private static ProcessingEnvironment unwrapped(ProcessingEnvironment environment) {
        for (Field field : environment.getClass().getDeclaredFields()) {
            try {
                if (field.getType() == ProcessingEnvironment.class) {
                    field.setAccessible(true);
                    return field.get(environment) instanceof ProcessingEnvironment inner
                            ? unwrapped(inner)
                            : environment;
                }
            } catch (IllegalAccessException | InaccessibleObjectException e) {
                return environment; // a module's
            }
        }
        return environment;
    }

    @Override
    public void finished(TaskEvent event) {
        TypeElement type = event.getTypeElement();
        if (event.getKind() != TaskEvent.Kind.ANALYZE || type == null) {
            return;
        }
        TreePath file = new TreePath(event.getCompilationUnit());
        for (Tree each : event.getCompilationUnit().getTypeDecls()) {
            TreePath path = new TreePath(file, each);
            if (type.equals(trees.getElement(path))) { // the file's other classes have events of their own
                new Scanner().scan(path, null);
            }
        }
    }

    /** Looks at a class, and at the classes within it. */
    private final class Scanner extends TreePathScanner<@Nullable Void, @Nullable Void> {

        @Override
        public @Nullable Void visitMemberSelect(MemberSelectTree tree, @Nullable Void unused) {
            look(tree.getExpression());
            return super.visitMemberSelect(tree, null);
        }

        @Override
        public @Nullable Void visitMemberReference(MemberReferenceTree tree, @Nullable Void unused) {
            look(tree.getQualifierExpression());
            return super.visitMemberReference(tree, null);
        }

        private void look(ExpressionTree before) {
            if (isSuper(before)
                    && trees.getElement(getCurrentPath()) instanceof ExecutableElement called
                    && !called.getModifiers().contains(Modifier.STATIC)) {
                tell(before instanceof MemberSelectTree select ? element(select) : null, called);
            }
        }

        private static boolean isSuper(ExpressionTree tree) {
            return tree instanceof IdentifierTree alone
                    ? alone.getName().contentEquals("super")
                    : tree instanceof MemberSelectTree qualified
                            && qualified.getIdentifier().contentEquals("super");
        }

        private @Nullable Element element(MemberSelectTree qualified) {
            TreePath path = new TreePath(getCurrentPath(), qualified);
            return trees.getElement(new TreePath(path, qualified.getExpression()));
        }

        // An interface before super is one of the innermost class; a class is the one whose super it is.
        private void tell(@Nullable Element qualifier, ExecutableElement called) {
            boolean namesClass = qualifier != null && !qualifier.getKind().isInterface();
            TreePath member = getCurrentPath();
            for (TreePath each = member; each != null; each = each.getParentPath()) {
                if (each.getLeaf() instanceof ClassTree
                        && trees.getElement(each) instanceof TypeElement type
                        && (!namesClass || type.equals(qualifier))) {
                    Element in = member.getLeaf() instanceof MethodTree ? trees.getElement(member) : type;
                    to.accept(new SuperCall(type, in, called));
                    return;
                }
                member = each;
            }
        }
    }
}
