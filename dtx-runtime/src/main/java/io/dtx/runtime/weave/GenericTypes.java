package io.dtx.runtime.weave;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.jar.asm.signature.SignatureReader;
import net.bytebuddy.jar.asm.signature.SignatureVisitor;
import net.bytebuddy.jar.asm.signature.SignatureWriter;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * What a class gives to the type variables of its superclasses, so that overrides of inherited methods show the types that
 * frameworks look for: {@code List<Order>}, where the superclass has {@code List<T>}.
 *
 * @param superclass the internal name of the superclass
 * @param arguments what stands between the angle brackets behind it; empty if nothing does
 */
record GenericTypes(@Nullable String superclass, List<String> arguments) {

    /** Reads the declaration of a class that has no type variables. */
    static GenericTypes of(@Nullable String superclass, @Nullable String signature) {
        return new GenericTypes(superclass, new Declared(signature, Map.of()).arguments);
    }

    /**
     * Returns the generic signature of a method of a superclass, as the class sees it. A parameter or a result that is nothing
     * but a type variable keeps its erasure: compilers call a method by what its signature erases to.
     *
     * @return null if there is nothing generic in it, or the class says nothing about its superclass's type variables
     */
    @Nullable
    String ofMethod(InheritedMethod method, ClassFiles files) {
        String signature = method.signature();
        if (signature == null || signature.startsWith("<")) {
            return null;
        }
        Map<String, String> types = variablesOf(method.entry().owner(), files);
        return types == null ? null : new MethodTypes(method.entry(), types).signature(signature);
    }

    private @Nullable Map<String, String> variablesOf(String owner, ClassFiles files) {
        GenericTypes each = this;
        while (each.superclass != null) {
            byte[] file = files.find(each.superclass);
            if (file == null) {
                return null;
            }
            Header header = new Header();
            OpenedClassReader.of(file)
                    .accept(header, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            Map<String, String> variables = new HashMap<>();
            List<String> names = new Declared(header.signature, Map.of()).variables;
            for (int i = 0; i < names.size() && names.size() == each.arguments.size(); i++) {
                variables.put(names.get(i), each.arguments.get(i));
            }
            if (each.superclass.equals(owner)) {
                return variables;
            }
            each = new GenericTypes(header.superclass, new Declared(header.signature, variables).arguments);
        }
        return null;
    }

    /** Reads what a class file says of its superclass. */
    private static final class Header extends ClassVisitor {
        private @Nullable String signature;
        private @Nullable String superclass;

        Header() {
            super(OpenedClassReader.ASM_API);
        }

        @Override
        public void visit(
                int version,
                int access,
                String name,
                @Nullable String itsSignature,
                @Nullable String superName,
                String @Nullable [] interfaces) {
            signature = itsSignature;
            superclass = superName;
        }
    }

    /** Reads the signature of a class: its type variables, and what it gives to those of its superclass. */
    private static final class Declared {
        private static final int API = OpenedClassReader.ASM_API;
        private final List<String> variables = new ArrayList<>();
        private final List<String> arguments = new ArrayList<>();

        Declared(@Nullable String signature, Map<String, String> types) {
            List<Seen> seen = new ArrayList<>();
            if (signature != null) {
                new SignatureReader(signature).accept(new SignatureVisitor(API) {
                    @Override
                    public void visitFormalTypeParameter(String name) {
                        variables.add(name);
                    }

                    @Override
                    public SignatureVisitor visitSuperclass() {
                        return new SignatureVisitor(API) {
                            @Override
                            public void visitInnerClassType(String name) {
                                seen.clear(); // those of the class around it
                            }

                            @Override
                            public SignatureVisitor visitTypeArgument(char wildcard) {
                                seen.add(new Seen(types));
                                return seen.get(seen.size() - 1);
                            }
                        };
                    }

                    @Override
                    public SignatureVisitor visitInterface() {
                        return new SignatureVisitor(API) {};
                    }
                });
            }
            if (seen.stream().noneMatch(each -> each.isUnknown)) {
                seen.forEach(each -> arguments.add(each.toString()));
            }
        }
    }

    /** Writes a method's signature anew. */
    private static final class MethodTypes extends SignatureVisitor {
        private final Entry entry;
        private final Map<String, String> types;
        private final List<Seen> parameters = new ArrayList<>();
        private Seen result;

        MethodTypes(Entry entry, Map<String, String> types) {
            super(OpenedClassReader.ASM_API);
            this.entry = entry;
            this.types = types;
            this.result = new Seen(types);
        }

        @Nullable
        String signature(String signature) {
            new SignatureReader(signature).accept(this);
            Type[] erased = Type.getArgumentTypes(entry.methodDescriptor());
            StringBuilder written = new StringBuilder("(");
            for (int i = 0; i < erased.length && erased.length == parameters.size(); i++) {
                written.append(parameters.get(i).or(erased[i].getDescriptor()));
            }
            written.append(')').append(result.or(entry.returned().getDescriptor()));
            boolean isUnknown = result.isUnknown || parameters.stream().anyMatch(each -> each.isUnknown);
            return isUnknown || erased.length != parameters.size() || written.indexOf("<") < 0
                    ? null
                    : written.toString();
        }

        @Override
        public SignatureVisitor visitParameterType() {
            parameters.add(new Seen(types));
            return parameters.get(parameters.size() - 1);
        }

        @Override
        public SignatureVisitor visitReturnType() {
            result = new Seen(types);
            return result;
        }

        @Override
        public SignatureVisitor visitExceptionType() {
            return new SignatureVisitor(api) {};
        }
    }

    /** A type as the class sees it. */
    private static final class Seen extends SignatureWriter {
        private final Map<String, String> types;
        private boolean isWithinClass;
        private boolean isBare;
        private boolean isUnknown;

        Seen(Map<String, String> types) {
            this.types = types;
        }

        /** Returns the type, or its erasure if it is a type variable. */
        String or(String erasure) {
            return isBare ? erasure : toString();
        }

        @Override
        public void visitClassType(String name) {
            isWithinClass = true;
            super.visitClassType(name);
        }

        @Override
        public void visitTypeVariable(String name) {
            String type = types.get(name);
            isBare |= !isWithinClass;
            if (type == null) {
                isUnknown |= isWithinClass;
                super.visitTypeVariable(name);
            } else {
                new SignatureReader(type).acceptType(this);
            }
        }
    }
}
