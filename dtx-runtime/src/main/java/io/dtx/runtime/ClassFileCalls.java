package io.dtx.runtime;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads from a class file which methods call which ones by {@code invokespecial}, as {@code super} does: just enough of chapter 4
 * of the Java Virtual Machine Specification, without a library, which users of generated subclasses need not have.
 */
final class ClassFileCalls {

    private static final String CODE = "Code";
    private static final int TABLESWITCH = 0xaa;
    private static final int LOOKUPSWITCH = 0xab;
    private static final int INVOKESPECIAL = 0xb7;
    private static final int HANDLE_OF_INVOKESPECIAL = 7;
    private static final int SYNTHETIC = 0x1000;
    private static final int WIDE = 0xc4;
    private static final int IINC = 0x84;
    private static final int WIDE_IINC_BYTES = 6;
    private static final int WIDE_BYTES = 4;
    /** How long instructions are, from the first opcode of each run of equal ones; the switches and wide tell it themselves. */
    private static final int[][] LENGTHS = {
        {0x10, 2}, {0x11, 3}, {0x12, 2}, {0x13, 3}, {0x15, 2}, {0x1a, 1}, {0x36, 2}, {0x3b, 1}, {0x84, 3}, {0x85, 1},
        {0x99, 3}, {0xa9, 2}, {0xaa, 0}, {0xac, 1}, {0xb2, 3}, {0xb9, 5}, {0xbb, 3}, {0xbc, 2}, {0xbd, 3}, {0xbe, 1},
        {0xc0, 3}, {0xc2, 1}, {0xc4, 0}, {0xc5, 4}, {0xc6, 3}, {0xc8, 5}, {0xca, 1}
    };

    /**
     * One call.
     *
     * @param access the modifiers of the method that makes it; synthetic for {@code super::method}, of which that is not known
     * @param in its name
     * @param inDescriptor its descriptor
     * @param method the name of the method that is called
     * @param descriptor its descriptor
     */
    record Call(int access, String in, String inDescriptor, String method, String descriptor) {}

    private final DataInputStream file;
    private final List<Call> calls = new ArrayList<>();
    private final String[] texts;
    private final int[] references;
    private final List<Integer> handles = new ArrayList<>();

    private ClassFileCalls(DataInputStream file) throws IOException {
        this.file = file;
        file.skipNBytes(8); // magic and version
        int constants = file.readUnsignedShort();
        texts = new String[constants];
        references = new int[constants];
        for (int i = 1; i < constants; i += readConstant(i)) {}
    }

    /** Reads the calls of all methods of a class, whatever they call. */
    static List<Call> read(InputStream classFile) throws IOException {
        ClassFileCalls reader =
                new ClassFileCalls(new DataInputStream(new ByteArrayInputStream(classFile.readAllBytes())));
        reader.readMembers();
        reader.handles.forEach(method -> reader.add(method, SYNTHETIC, "super::", ""));
        return reader.calls;
    }

    /** Reads a constant, and returns how many places it takes. */
    private int readConstant(int index) throws IOException {
        int tag = file.readUnsignedByte();
        switch (tag) {
            case 1 -> texts[index] = file.readUTF();
            case 3, 4 -> file.skipNBytes(4);
            case 5, 6 -> file.skipNBytes(8);
            case 7, 8, 16, 19, 20 -> file.skipNBytes(2);
            case 9, 10, 11, 12, 17, 18 -> references[index] = file.readInt();
            case 15 -> readHandle();
            default -> throw new IOException("a constant of an unknown kind, " + tag);
        }
        return tag == 5 || tag == 6 ? 2 : 1;
    }

    private void readHandle() throws IOException {
        int kind = file.readUnsignedByte();
        int method = file.readUnsignedShort();
        if (kind == HANDLE_OF_INVOKESPECIAL) {
            handles.add(method);
        }
    }

    private void readMembers() throws IOException {
        file.skipNBytes(6); // modifiers, name and superclass
        file.skipNBytes(2L * file.readUnsignedShort()); // interfaces
        for (boolean fields : new boolean[] {true, false}) {
            int count = file.readUnsignedShort();
            for (int i = 0; i < count; i++) {
                readMember(fields);
            }
        }
    }

    private void readMember(boolean isField) throws IOException {
        int access = file.readUnsignedShort();
        String name = texts[file.readUnsignedShort()];
        String descriptor = texts[file.readUnsignedShort()];
        int attributes = file.readUnsignedShort();
        for (int i = 0; i < attributes; i++) {
            boolean isCode = texts[file.readUnsignedShort()].equals(CODE) && !isField;
            byte[] attribute = file.readNBytes(file.readInt());
            if (isCode) {
                readCode(ByteBuffer.wrap(attribute), access, name, descriptor);
            }
        }
    }

    private void readCode(ByteBuffer attribute, int access, String name, String descriptor) {
        int length = attribute.getInt(4); // after the sizes of stack and variables
        ByteBuffer code = attribute.slice(8, length);
        int at = 0;
        while (at < length) {
            int opcode = Byte.toUnsignedInt(code.get(at));
            if (opcode == INVOKESPECIAL) {
                add(Short.toUnsignedInt(code.getShort(at + 1)), access, name, descriptor);
            }
            at += length(code, at, opcode);
        }
    }

    private void add(int method, int access, String in, String inDescriptor) {
        int nameAndType = references[references[method] & 0xffff];
        calls.add(new Call(access, in, inDescriptor, texts[nameAndType >>> 16], texts[nameAndType & 0xffff]));
    }

    private static int length(ByteBuffer code, int at, int opcode) {
        int operands = (at + 4) & ~3; // of a switch, which are aligned
        switch (opcode) {
            case TABLESWITCH:
                return operands + 12 + 4 * (code.getInt(operands + 8) - code.getInt(operands + 4) + 1) - at;
            case LOOKUPSWITCH:
                return operands + 8 + 8 * code.getInt(operands + 4) - at;
            case WIDE:
                return Byte.toUnsignedInt(code.get(at + 1)) == IINC ? WIDE_IINC_BYTES : WIDE_BYTES;
            default:
                int length = 1;
                for (int[] from : LENGTHS) {
                    length = from[0] <= opcode ? from[1] : length;
                }
                return length;
        }
    }
}
