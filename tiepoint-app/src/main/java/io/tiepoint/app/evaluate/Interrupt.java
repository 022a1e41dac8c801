package io.tiepoint.app.evaluate;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Lets Ctrl-C end a loop in good order. The first one asks the loop to stop; the second one kills the program as usual. A
 * shutdown hook would not do: native libraries close themselves in theirs while the loop still uses them.
 */
public final class Interrupt implements AutoCloseable {
    private volatile boolean requested;
    private final @Nullable Object previousHandler;

    /** Listens from now on. */
    public Interrupt() {
        previousHandler = handle(this::request);
    }

    private void request() {
        requested = true;
        restore();
    }

    /** Whether Ctrl-C was pressed. */
    public boolean isRequested() {
        return requested;
    }

    @Override
    public void close() {
        restore();
    }

    private void restore() {
        if (previousHandler != null) {
            Object unused = setHandler(previousHandler);
        }
    }

    /**
     * Installs a handler and returns the one before. The JDK's only interface to signals, sun.misc.Signal, is supported but not
     * standard, so it is found by name; where it is missing, Ctrl-C kills as usual.
     */
    private static @Nullable Object handle(Runnable action) {
        try {
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object handler = Proxy.newProxyInstance(
                    Interrupt.class.getClassLoader(), new Class<?>[] {handlerType}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                            return null;
                        }
                        return method.getName().equals("hashCode") ? (Object) 0 : "interrupt handler";
                    });
            return setHandler(handler);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    private static @Nullable Object setHandler(Object handler) {
        try {
            Class<?> signalType = Class.forName("sun.misc.Signal");
            Constructor<?> signal = signalType.getConstructor(String.class);
            Method handle = signalType.getMethod("handle", signalType, Class.forName("sun.misc.SignalHandler"));
            return handle.invoke(null, signal.newInstance("INT"), handler);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            return null;
        }
    }
}
