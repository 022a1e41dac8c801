package io.tiepoint.app.evaluate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The same elements, but they end early, in good order, at Ctrl-C and where one cannot be read; so that nothing that was done
 * until then is lost.
 */
public final class Stoppable<T> implements Iterator<T> {
    private final Iterator<T> elements;
    private final Interrupt interrupt;
    private final Runnable afterEach;
    private @Nullable T next;
    private @Nullable IOException failure;
    private int given;

    /**
     * Wraps elements.
     *
     * @param afterEach runs when the next one is asked for
     */
    public Stoppable(Iterator<T> elements, Interrupt interrupt, Runnable afterEach) {
        this.elements = elements;
        this.interrupt = interrupt;
        this.afterEach = afterEach;
    }

    @Override
    public boolean hasNext() {
        if (next != null) {
            return true;
        }
        if (interrupt.isRequested() || failure != null) {
            return false;
        }
        try {
            next = elements.hasNext() ? elements.next() : null;
        } catch (UncheckedIOException e) {
            failure = e.getCause();
        }
        return next != null;
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        T element = Objects.requireNonNull(next);
        next = null;
        if (given > 0) {
            afterEach.run();
        }
        given++;
        return element;
    }

    /** Number of elements that were given out. */
    public int given() {
        return given;
    }

    /** Throws what ended the elements, if they could not be read. */
    public void throwFailure() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }
}
