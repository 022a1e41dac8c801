package io.tiepoint.train.weights;

import io.tiepoint.core.model.ModelFormatException;
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
 * {@code torch.save} uses, hands each name to an allow-list, and counts what it makes.
 *
 * <p>Values are {@link String}, {@link Long} ({@link java.math.BigInteger} beyond 64 bits), {@link Double}, {@link Boolean},
 * {@link PickleValue}, {@link List} for lists and tuples, and {@link Map} for dictionaries.
 *
 * @see <a href="https://github.com/python/cpython/blob/main/Lib/pickletools.py">The operations</a>
 */
final class PickleReader {
    private static final int MAX_OPERATIONS = 1_000_000;

    /** Decides what a name stands for; the only way from a pickle to anything but plain values. */
    interface Names {
        /** A value that stands for a name; fails for one that is not allowed. */
        Object resolve(String module, String name) throws ModelFormatException;

        /** The result of a call; the function is one that {@link #resolve} gave. */
        Object call(Object function, List<?> arguments) throws ModelFormatException;

        /** What a persistent id stands for. */
        Object persistent(Object id) throws ModelFormatException;
    }

    /** Stands on the stack where a tuple, list or dictionary begins. */
    private static final Object MARK = new Object();

    private final PickleInput in;
    private final Names names;
    private final String source;
    private final List<Object> stack = new ArrayList<>();
    private final Map<Integer, Object> memo = new HashMap<>();

    private PickleReader(ByteBuffer in, Names names, String source) {
        this.in = new PickleInput(in, source);
        this.names = names;
        this.source = source;
    }

    /**
     * Reads one pickle, and leaves the buffer behind it.
     *
     * @param source the file's name, for messages
     * @throws ModelFormatException if the pickle is damaged, or wants anything that is not allowed
     */
    static Object read(ByteBuffer in, Names names, String source) throws ModelFormatException {
        try {
            return new PickleReader(in, names, source).run();
        } catch (BufferUnderflowException e) {
            throw new ModelFormatException(source + ": expected a whole pickle, found its end in the middle", e);
        }
    }

    private Object run() throws ModelFormatException {
        for (int operations = 0; operations < MAX_OPERATIONS; operations++) {
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
                throw damaged("expected the operations of a state dict, found "
                        + (operation > ' ' && operation < 127 ? "'" + (char) operation + "'" : "number " + operation)
                        + "; save it again with torch.save(model.state_dict(), FILE)");
            }
        }
        throw damaged("expected at most " + MAX_OPERATIONS + " operations in a pickle, found more");
    }

    /** Numbers, texts, and what marks the beginning of more. */
    private boolean pushConstant(int operation) throws ModelFormatException {
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
            case 'B' -> new PickleValue.Bytes(in.length32(), in);
            case 'C' -> new PickleValue.Bytes(in.unsignedByte(), in);
            case 0x8e -> new PickleValue.Bytes(in.length64(), in);
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
    private boolean build(int operation) throws ModelFormatException {
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
    private boolean remember(int operation) throws ModelFormatException {
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
    private boolean resolve(int operation) throws ModelFormatException {
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
                // An OrderedDict carries attributes, such as the version of each module; nothing of them is needed.
                if (!(peek() instanceof Map) || !(state instanceof Map || state instanceof List)) {
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

    private Object pop() throws ModelFormatException {
        Object top = peek();
        stack.remove(stack.size() - 1);
        return top;
    }

    private Object peek() throws ModelFormatException {
        Object top = stack.isEmpty() ? MARK : stack.get(stack.size() - 1);
        if (top == MARK) {
            throw damaged("expected a value for an operation of a pickle, found none");
        }
        return top;
    }

    /** The last values, in the order in which they were pushed. */
    private List<Object> pop(int count) throws ModelFormatException {
        List<Object> last = stack.subList(Math.max(stack.size() - count, 0), stack.size());
        if (last.size() < count || last.contains(MARK)) {
            throw damaged("expected a value for an operation of a pickle, found none");
        }
        List<Object> values = new ArrayList<>(last);
        last.clear();
        return values;
    }

    private List<Object> popToMark() throws ModelFormatException {
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
    private void append(List<Object> values) throws ModelFormatException {
        if (!(peek() instanceof ArrayList<?> list)) {
            throw damaged("expected a list to append to, found another value");
        }
        ((List<Object>) list).addAll(values);
    }

    @SuppressWarnings("unchecked") // dictionaries are made here and by the names alone, as maps of objects
    private void set(List<Object> items) throws ModelFormatException {
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

    private void put(int index) throws ModelFormatException {
        memo.put(index, peek());
    }

    private Object get(int index) throws ModelFormatException {
        Object value = memo.get(index);
        if (value == null) {
            throw damaged("expected a value with number " + index + " in a pickle, found none");
        }
        return value;
    }

    private ModelFormatException damaged(String what) {
        return new ModelFormatException(source + ": " + what);
    }
}
