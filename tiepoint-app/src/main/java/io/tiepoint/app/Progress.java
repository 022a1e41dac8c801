package io.tiepoint.app;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows how far a long piece of work is, with its rate and the time left: a bar on a terminal, elsewhere a line every ten
 * seconds. Not safe for use by several threads.
 */
public final class Progress implements AutoCloseable {
    /** The launcher says whether the error stream is a terminal; Java alone cannot tell on every version. */
    static final String TERMINAL_PROPERTY = "tiepoint.terminal";

    private static final long LINE_INTERVAL_NS = Duration.ofSeconds(10).toNanos();

    private final String task;
    private final String unit;
    private final long total;
    private final PrintWriter err;
    private final @Nullable ProgressBar bar;
    private final long startNs = System.nanoTime();
    private long lastLineNs = startNs;
    private final long firstDone;
    private long done;
    private String note = "";

    private Progress(String task, String unit, long done, long total, PrintWriter err) {
        this.task = task;
        this.unit = unit;
        this.total = total;
        this.err = err;
        this.firstDone = done;
        this.done = done;
        this.bar = Boolean.getBoolean(TERMINAL_PROPERTY) ? bar() : null;
    }

    /**
     * Starts to show progress.
     *
     * @param task in a word or two
     * @param unit plural, such as {@code steps}
     * @param done how much of it was there already, after a resume; else 0
     * @param total when it is finished
     * @param err where the lines go that stand for the bar when there is no terminal
     */
    public static Progress start(String task, String unit, long done, long total, PrintWriter err) {
        return new Progress(task, unit, done, total, err);
    }

    private ProgressBar bar() {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setUnit(" " + unit, 1)
                .setInitialMax(total)
                .startsFrom(done, Duration.ZERO)
                .showSpeed()
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(500)
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .build();
    }

    /** Says how much is done. */
    public void stepTo(long nowDone) {
        done = nowDone;
        if (bar != null) {
            bar.stepTo(nowDone);
            return;
        }
        long now = System.nanoTime();
        if (now - lastLineNs >= LINE_INTERVAL_NS) {
            lastLineNs = now;
            err.println(line((now - startNs) / 1e9));
            err.flush();
        }
    }

    /** One more is done. */
    public void step() {
        stepTo(done + 1);
    }

    /** Says something beside the count, such as the loss. */
    public void note(String text) {
        note = text;
        if (bar != null) {
            bar.setExtraMessage(text);
        }
    }

    /** Says something that is to stay, such as the figures of a validation. */
    public void report(String text) {
        if (bar != null) {
            err.println(); // leaves the bar's line
        }
        err.println(text);
        err.flush();
    }

    /** How it stands after so many seconds. */
    String line(double elapsedS) {
        double rate = elapsedS > 0 ? (done - firstDone) / elapsedS : 0;
        String left = rate > 0 ? duration((total - done) / rate) + " left" : "time left unknown";
        String text = String.format(Locale.ROOT, "%s: %d/%d %s, %.1f/s, %s", task, done, total, unit, rate, left);
        return note.isEmpty() ? text : text + ", " + note;
    }

    private static String duration(double seconds) {
        long s = Math.round(seconds);
        return s < 3600
                ? String.format(Locale.ROOT, "%d:%02d min", s / 60, s % 60)
                : String.format(Locale.ROOT, "%d:%02d h", s / 3600, s % 3600 / 60);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
