package io.tiepoint.core.pickle;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A machine for pickles that can make plain values and nothing else. Python's own calls whatever a pickle names; a general
 * reader in Java makes objects of other classes and reserves whatever memory a pickle claims. This one knows the operations that
 * {@code torch.save} and NumPy use, hands each name to an allow-list, and counts what it makes.
 *
 * <p>Values are {@link String}, {@link Long} ({@link java.math.BigInteger} beyond 64 bits), {@link Double}, {@link Boolean},
 * {@link PickleValue}, {@link List} for lists and tuples, and {@link Map} for dictionaries.
 *
 * @see <a href="https://github.com/python/cpython/blob/main/Lib/pickletools.py">The operations</a>
 */
public final class PickleReader {

    /** Stands on the stack where a tuple, list or dictionary begins. */
    private static final Object MARK = new Object();

    private final PickleInput in;
    private final PickleNames names;
    private final String source;
    private final int maxOperations;
    private final List<Object> stack = new ArrayList<>();
    private final Map<Integer, Object> memo = new HashMap<>();

    private PickleReader(ByteBuffer in, PickleNames names, String source, int maxOperations) {
        this.in = new PickleInput(in, source);
        this.names = names;
        this.source = source;
        this.maxOperations = maxOperations;
    }

    /**
     * Reads one pickle, and leaves the buffer behind it.
     *
     * @param source the file's name, for messages
     * @param maxOperations longer pickles are refused; each operation takes up to about 100 bytes of memory
     * @throws PickleFormatException if the pickle is damaged
     * @throws IOException if it wants anything that is not allowed
     */
    public static Object read(ByteBuffer in, PickleNames names, String source, int maxOperations) throws IOException {
        try {
            return new PickleReader(in, names, source, maxOperations).run();
        } catch (BufferUnderflowException e) {
            throw new PickleFormatException(source + ": expected a whole pickle, found its end in the middle", e);
        }
    }

    private Object run() throws IOException {
        for (int operations = 0; operations < maxOperations; operations++) {
            int operation = in.unsignedByte();
            if (operation == '.') {
                Object result = pop();
                if (!stack.isEmpty()) {
                    throw damaged("expected one value at the end of a pickle, found more");
                }
                return result;
            }
            boolean known = pushConstant(operation) || build(operation) || remember(operation) || resolve(operation);
            if (!known) {
                throw damaged("expected the operations of " + names.contents() + ", found "
                        + (operation > ' ' && operation < 127 ? "'" + (char) operation + "'" : "number " + operation)
                        + "; " + names.advice());
            }
        }
        throw damaged("expected at most " + maxOperations + " operations in a pickle, found more");
    }

    /** Numbers, texts, and what marks the beginning of more. */
    private boolean pushConstant(int operation) throws PickleFormatException {
        Object constant = switch (operation) {
            case 'N' -> PickleValue.NONE;
            case 0x88 -> true;
            case 0x89 -> false;
            case '(' -> MARK;
            case 'I' -> in.integerLine();
            case 'L' -> in.longLine();
            case 'J' -> (long) in.int32();
            case 'K' -> (long) in.unsignedByte();
            case 'M' -> (long) in.unsignedShort();
            case 0x8a -> in.integer(in.unsignedByte());
            case 0x8b -> in.integer(in.length32());
            case 'F' -> in.floatLine();
            case 'G' -> in.bigEndianDouble();
            case 'V' -> in.unicodeLine();
            case 'X' -> in.utf8(in.length32());
            case 0x8c -> in.utf8(in.unsignedByte());
            case 0x8d -> in.utf8(in.length64());
            case 'S' -> in.quotedLine();
            case 'T' -> in.latin1(in.length32());
            case 'U' -> in.latin1(in.unsignedByte());
            case 'B' -> new PickleValue.Bytes(in.bytes(in.length32()));
            case 'C' -> new PickleValue.Bytes(in.bytes(in.unsignedByte()));
            case 0x8e -> new PickleValue.Bytes(in.bytes(in.length64()));
            case ']' -> new ArrayList<>();
            case ')' -> List.of();
            case '}' -> new LinkedHashMap<>();
            default -> null;
        };
        if (constant != null) {
            stack.add(constant);
        }
        return constant != null;
    }

    /** Tuples, lists and dictionaries from what lies on the stack. */
    private boolean build(int operation) throws PickleFormatException {
        switch (operation) {
            case 't' -> stack.add(List.copyOf(popToMark()));
            case 0x85 -> stack.add(List.copyOf(pop(1)));
            case 0x86 -> stack.add(List.copyOf(pop(2)));
            case 0x87 -> stack.add(List.copyOf(pop(3)));
            case 'l' -> stack.add(new ArrayList<>(popToMark()));
            case 'd' -> {
                List<Object> items = popToMark();
                stack.add(new LinkedHashMap<>());
                set(items);
            }
            case 'a' -> append(pop(1));
            case 'e' -> append(popToMark());
            case 's' -> set(pop(2));
            case 'u' -> set(popToMark());
            case '0' -> {
                Object ignored = stack.isEmpty() ? pop() : stack.remove(stack.size() - 1);
            }
            case '1' -> {
                List<Object> ignored = popToMark();
            }
            case '2' -> stack.add(peek());
            default -> {
                return false;
            }
        }
        return true;
    }

    /** The memo, and what only says how the rest is written. */
    private boolean remember(int operation) throws PickleFormatException {
        switch (operation) {
            case 'p' -> put(in.indexLine());
            case 'q' -> put(in.unsignedByte());
            case 'r' -> put(in.int32());
            case 0x94 -> put(memo.size());
            case 'g' -> stack.add(get(in.indexLine()));
            case 'h' -> stack.add(get(in.unsignedByte()));
            case 'j' -> stack.add(get(in.int32()));
            case 0x80 -> {
                int protocol = in.unsignedByte();
                if (protocol > 5) {
                    throw damaged("expected a pickle of protocol 5 or lower, found " + protocol);
                }
            }
            case 0x95 -> {
                int ignored = in.length64();
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** The operations that name something outside the pickle. */
    private boolean resolve(int operation) throws IOException {
        switch (operation) {
            case 'c' -> stack.add(names.resolve(in.nameLine(), in.nameLine()));
            case 0x93 -> {
                List<Object> both = pop(2);
                if (!(both.get(0) instanceof String module) || !(both.get(1) instanceof String name)) {
                    throw damaged("expected a module and a name, found other values");
                }
                stack.add(names.resolve(module, name));
            }
            // A name and its call in one operation.
            case 'i' -> {
                Object function = names.resolve(in.nameLine(), in.nameLine());
                stack.add(names.call(function, popToMark()));
            }
            case 'R', 0x81 -> {
                List<Object> both = pop(2);
                if (!(both.get(1) instanceof List<?> arguments)) {
                    throw damaged("expected a tuple of arguments, found another value");
                }
                stack.add(names.call(both.get(0), arguments));
            }
            case 'b' -> {
                Object state = pop();
                if (!names.build(peek(), state)) {
                    throw damaged("expected to set attributes of a dictionary only, found it for another value");
                }
            }
            case 'Q' -> stack.add(names.persistent(pop()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private Object pop() throws PickleFormatException {
        Object top = peek();
        stack.remove(stack.size() - 1);
        return top;
    }

    private Object peek() throws PickleFormatException {
        Object top = stack.isEmpty() ? MARK : stack.get(stack.size() - 1);
        if (top == MARK) {
            throw damaged("expected a value for an operation of a pickle, found none");
        }
        return top;
    }

    /** The last values, in the order in which they were pushed. */
    private List<Object> pop(int count) throws PickleFormatException {
        List<Object> last = stack.subList(Math.max(stack.size() - count, 0), stack.size());
        if (last.size() < count || last.contains(MARK)) {
            throw damaged("expected a value for an operation of a pickle, found none");
        }
        List<Object> values = new ArrayList<>(last);
        last.clear();
        return values;
    }

    private List<Object> popToMark() throws PickleFormatException {
        int mark = stack.size() - 1;
        while (mark >= 0 && stack.get(mark) != MARK) {
            mark--;
        }
        if (mark < 0) {
            throw damaged("expected a mark for an operation of a pickle, found none");
        }
        List<Object> values = new ArrayList<>(stack.subList(mark + 1, stack.size()));
        stack.subList(mark, stack.size()).clear();
        return values;
    }

    @SuppressWarnings("unchecked") // lists that may grow are made here alone, as lists of objects
    private void append(List<Object> values) throws PickleFormatException {
        if (!(peek() instanceof ArrayList<?> list)) {
            throw damaged("expected a list to append to, found another value");
        }
        ((List<Object>) list).addAll(values);
    }

    @SuppressWarnings("unchecked") // dictionaries are made here and by the names alone, as maps of objects
    private void set(List<Object> items) throws PickleFormatException {
        if (!(peek() instanceof LinkedHashMap<?, ?> map) || items.size() % 2 != 0) {
            throw damaged("expected a dictionary and pairs to put into it, found other values");
        }
        for (int i = 0; i < items.size(); i += 2) {
            Object key = items.get(i);
            // Lists as keys could hold themselves, which no hash survives.
            if (!(key instanceof String || key instanceof Long || key instanceof Boolean)) {
                throw damaged("expected texts and whole numbers as keys of a dictionary, found another value");
            }
            ((Map<Object, Object>) map).put(key, items.get(i + 1));
        }
    }

    private void put(int index) throws PickleFormatException {
        memo.put(index, peek());
    }

    private Object get(int index) throws PickleFormatException {
        Object value = memo.get(index);
        if (value == null) {
            throw damaged("expected a value with number " + index + " in a pickle, found none");
        }
        return value;
    }

    private PickleFormatException damaged(String what) {
        return new PickleFormatException(source + ": " + what);
    }
}
