package io.dtx.tidy;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** In the packages that users see, whatever is public or protected has a comment, unless it overrides what has one. */
final class PublicDocs {
    private static final Set<String> SEEN_BY_USERS =
            Set.of("io.dtx", "io.dtx.spi", "io.dtx.runtime", "io.dtx.cdi", "io.dtx.processor");

    private PublicDocs() {}

    static Stream<String> violations(Repository repository) {
        return repository
                .main()
                .filter(file -> SEEN_BY_USERS.contains(file.javaPackage()) && !file.isPackageInfo())
                .flatMap(PublicDocs::violations);
    }

    private static Stream<String> violations(SourceFile file) {
        JavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///" + file.path()), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return file.text();
                    }
                };
        JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, diagnostic -> {}, List.of("-proc:none"), null, List.of(source));
        Undocumented undocumented = new Undocumented(DocTrees.instance(task));
        try {
            for (CompilationUnitTree unit : task.parse()) {
                undocumented.scan(unit, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return undocumented.names.stream().map(name -> file.path() + ": " + name + " has no comment");
    }

    private static final class Undocumented extends TreePathScanner<@Nullable Void, @Nullable Void> {
        private static final Set<Tree.Kind> IMPLICITLY_PUBLIC = Set.of(Tree.Kind.INTERFACE, Tree.Kind.ANNOTATION_TYPE);

        private final List<String> names = new ArrayList<>();
        private final DocTrees trees;

        Undocumented(DocTrees trees) {
            this.trees = trees;
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void unused) {
            if (!isVisible(type.getModifiers(), getCurrentPath().getParentPath().getLeaf())) {
                return null;
            }
            check(type.getSimpleName().toString());
            for (Tree member : type.getMembers()) {
                if (member instanceof ClassTree) {
                    scan(member, null);
                } else if (member instanceof MethodTree method && isVisible(method.getModifiers(), type)) {
                    if (!isAnnotated(method, "Override") && !isGenerated(method) && !isCompact(type, method)) {
                        check(member, type.getSimpleName() + "." + method.getName());
                    }
                } else if (member instanceof VariableTree field && isVisible(field.getModifiers(), type)) {
                    check(member, type.getSimpleName() + "." + field.getName());
                }
            }
            return null;
        }

        /** Members of interfaces and annotations are public without saying so. */
        private static boolean isVisible(ModifiersTree modifiers, Tree owner) {
            Set<Modifier> flags = modifiers.getFlags();
            return flags.contains(Modifier.PUBLIC)
                    || flags.contains(Modifier.PROTECTED)
                    || (IMPLICITLY_PUBLIC.contains(owner.getKind()) && !flags.contains(Modifier.PRIVATE));
        }

        private static boolean isAnnotated(MethodTree method, String name) {
            return method.getModifiers().getAnnotations().stream()
                    .anyMatch(annotation ->
                            annotation.getAnnotationType().toString().equals(name));
        }

        private boolean isGenerated(MethodTree method) {
            return trees.getSourcePositions().getEndPosition(getCurrentPath().getCompilationUnit(), method) < 0;
        }

        /** A record's constructor is described where its components are. */
        private static boolean isCompact(ClassTree type, MethodTree method) {
            return type.getKind() == Tree.Kind.RECORD && method.getName().contentEquals("<init>");
        }

        private void check(Tree member, String name) {
            check(new TreePath(getCurrentPath(), member), name);
        }

        private void check(String name) {
            check(getCurrentPath(), name);
        }

        private void check(TreePath path, String name) {
            DocCommentTree comment = trees.getDocCommentTree(path);
            if (comment == null || comment.getFullBody().isEmpty()) {
                names.add(name);
            }
        }
    }
}
