package io.dtx.runtime.simulation.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.SimpleRemapper;
import org.jspecify.annotations.Nullable;

/**
 * Loads the product, as it was compiled, with threads, locks, queues, futures, clocks and random numbers exchanged for simulated
 * ones, and with a point before every access to a volatile field, whosever it is. A planted bug is one class more that differs.
 */
public final class SimulatedLoader extends ClassLoader {

    private static final String OURS = "io.dtx.";
    private static final String OURS_INTERNAL = "io/dtx/";
    private static final String KERNEL = Kernel.class.getPackageName() + ".";
    private static final List<String> ABSENT = List.of("org.eclipse.microprofile.", "io.smallrye.");
    private static final Set<String> TOLD =
            Set.of("nanoTime", "currentTimeMillis", "getLogger", "getenv", "getProperties");
    private static final int API = Opcodes.ASM9;

    private static final Map<String, String> EXCHANGED = new HashMap<>(); // internal names, for all
    private static final Map<String, Set<String>> VOLATILES = new ConcurrentHashMap<>(); // by internal name, for all

    static {
        exchange(Thread.class, Strand.class);
        exchange(ThreadFactory.class, StrandFactory.class);
        exchange(ThreadLocal.class, SimulatedLocal.class);
        exchange(LockSupport.class, SimulatedParking.class);
        exchange(ReentrantLock.class, SimulatedLock.class);
        exchange(Semaphore.class, SimulatedSemaphore.class);
        exchange(ThreadPoolExecutor.class, SimulatedWorkers.class);
        exchange(ArrayBlockingQueue.class, SimulatedQueue.class);
        exchange(CompletableFuture.class, SimulatedFuture.class);
        exchange(Executors.class, SimulatedExecutors.class);
        exchange(AtomicBoolean.class, SimulatedFlag.class);
        exchange(AtomicReference.class, SimulatedReference.class);
        exchange(SecureRandom.class, SimulatedRandom.class);
        exchange(ThreadLocalRandom.class, SimulatedRandom.class);
    }

    private final Map<String, byte[]> changed;
    private final Map<String, String> sights;
    private final Map<String, String> exchanged;
    private final Set<String> absent = new HashSet<>();

    /**
     * Loads everything of ours anew.
     *
     * @param changed classes that differ from those on the class path, by name
     * @param libraries what else is exchanged, class by class
     * @param sights what is {@linkplain Kernel#reached reached} when a method is called, by the class's and the method's name
     */
    public SimulatedLoader(
            ClassLoader parent,
            Map<String, byte[]> changed,
            Map<String, String> libraries,
            Map<String, String> sights) {
        super(parent);
        this.exchanged = new HashMap<>(EXCHANGED);
        libraries.forEach((real, simulated) -> exchanged.put(real.replace('.', '/'), simulated.replace('.', '/')));
        this.changed = changed;
        this.sights = sights;
    }

    private static void exchange(Class<?> real, Class<?> simulated) {
        EXCHANGED.put(Type.getInternalName(real), Type.getInternalName(simulated));
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (ABSENT.stream().anyMatch(name::startsWith)) {
            throw new ClassNotFoundException(name); // reading the configuration takes milliseconds with it
        }
        if (!name.startsWith(OURS) || name.startsWith(KERNEL)) {
            return super.loadClass(name, resolve);
        }
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : define(name);
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        if (absent.contains(name)) { // each life of a process asks, and looking it up takes long
            throw new ClassNotFoundException(name);
        }
        byte[] different = changed.get(name);
        byte[] original = different != null ? different : original(name.replace('.', '/'));
        if (original == null) {
            absent.add(name);
            throw new ClassNotFoundException(name);
        }
        byte[] bytes = transformed(original);
        return defineClass(name, bytes, 0, bytes.length);
    }

    private byte[] transformed(byte[] original) {
        ClassReader reader = new ClassReader(original);
        ClassWriter writer = new ClassWriter(0);
        ClassRemapper remapper = new ClassRemapper(writer, new SimpleRemapper(API, exchanged));
        reader.accept(new Instrumenting(remapper, this::isVolatile, sights), 0);
        return writer.toByteArray();
    }

    private boolean isVolatile(String owner, String field) {
        if (!owner.startsWith(OURS_INTERNAL)) {
            return false;
        }
        byte[] different = changed.get(owner.replace('/', '.'));
        return (different != null
                        ? volatiles(different)
                        : VOLATILES.computeIfAbsent(owner, name -> volatiles(original(name))))
                .contains(field);
    }

    private static Set<String> volatiles(byte @Nullable [] type) {
        Set<String> volatiles = new HashSet<>();
        if (type == null) {
            return volatiles;
        }
        new ClassReader(type)
                .accept(
                        new ClassVisitor(API) {
                            @Override
                            public @Nullable FieldVisitor visitField(
                                    int access,
                                    String name,
                                    String fieldType,
                                    @Nullable String generic,
                                    @Nullable Object value) {
                                if ((access & Opcodes.ACC_VOLATILE) != 0) {
                                    volatiles.add(name);
                                }
                                return null;
                            }
                        },
                        ClassReader.SKIP_CODE);
        return volatiles;
    }

    private byte @Nullable [] original(String internalName) {
        try (InputStream in = getParent().getResourceAsStream(internalName + ".class")) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds points, and turns to {@link SimulatedSystem} whoever asks {@link System}. */
    private static final class Instrumenting extends ClassVisitor {

        private static final String SYSTEM = Type.getInternalName(SimulatedSystem.class);

        private final BiPredicate<String, String> isVolatile;
        private final Map<String, String> sights;
        private String self = "";

        Instrumenting(ClassVisitor next, BiPredicate<String, String> isVolatile, Map<String, String> sights) {
            super(API, next);
            this.isVolatile = isVolatile;
            this.sights = sights;
        }

        @Override
        public void visit(
                int version,
                int access,
                String name,
                @Nullable String generic,
                @Nullable String parent,
                String @Nullable [] interfaces) {
            self = name;
            super.visit(version, access, name, generic, parent, interfaces);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String method, String type, @Nullable String generic, String @Nullable [] thrown) {
            MethodVisitor next = super.visitMethod(access, method, type, generic, thrown);
            boolean constructs = method.startsWith("<");
            boolean initializes = method.equals("<clinit>");
            String sight = sights.get(self.replace('/', '.') + '.' + method);
            return new MethodVisitor(API, next) {
                @Override
                public void visitCode() {
                    super.visitCode();
                    if (initializes) {
                        call(Strand.class, "initializes");
                    }
                    if (sight != null) {
                        super.visitLdcInsn(sight);
                        super.visitMethodInsn(
                                Opcodes.INVOKESTATIC,
                                Type.getInternalName(Kernel.class),
                                "reached",
                                "(Ljava/lang/String;)V",
                                false);
                    }
                }

                @Override
                public void visitInsn(int code) {
                    if (initializes && code == Opcodes.RETURN) {
                        call(Strand.class, "initialized");
                    }
                    super.visitInsn(code);
                }

                private void call(Class<?> type, String what) {
                    super.visitMethodInsn(Opcodes.INVOKESTATIC, Type.getInternalName(type), what, "()V", false);
                }

                @Override
                public void visitMaxs(int stack, int locals) {
                    super.visitMaxs(sight == null ? stack : Math.max(1, stack), locals);
                }

                @Override
                public void visitFieldInsn(int code, String owner, String name, String fieldType) {
                    if (!constructs && isVolatile.test(owner, name)) {
                        call(Kernel.class, "point");
                    }
                    super.visitFieldInsn(code, owner, name, fieldType);
                }

                @Override
                public void visitInvokeDynamicInsn(
                        String name, String dynamicType, Handle bootstrap, Object... arguments) {
                    for (int i = 0; i < arguments.length; i++) {
                        if (arguments[i] instanceof Handle handle
                                && handle.getOwner().equals("java/lang/System")
                                && isTold(handle.getName())) {
                            arguments[i] =
                                    new Handle(handle.getTag(), SYSTEM, handle.getName(), handle.getDesc(), false);
                        }
                    }
                    super.visitInvokeDynamicInsn(name, dynamicType, bootstrap, arguments);
                }

                @Override
                public void visitMethodInsn(int code, String owner, String name, String callType, boolean ofInterface) {
                    if ((owner.equals("java/lang/System") && SimulatedLoader.isTold(name))
                            || (owner.equals("java/lang/ClassLoader") && name.equals("getSystemResourceAsStream"))) {
                        super.visitMethodInsn(code, SYSTEM, name, callType, ofInterface);
                    } else if (owner.equals(Type.getInternalName(UUID.class)) && name.equals("randomUUID")) {
                        super.visitMethodInsn(code, SYSTEM, "randomUuid", callType, ofInterface);
                    } else if (owner.equals("java/lang/Thread") && name.equals("sle" + "ep")) {
                        super.visitMethodInsn(code, owner, "pause", callType, ofInterface);
                    } else {
                        super.visitMethodInsn(code, owner, name, callType, ofInterface);
                    }
                }
            };
        }
    }

    private static boolean isTold(String method) {
        return TOLD.contains(method);
    }
}
