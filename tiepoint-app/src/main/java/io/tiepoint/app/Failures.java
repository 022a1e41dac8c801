package io.tiepoint.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The one place that turns an exception into a sentence and an exit code. */
final class Failures {
    private static final String PREFIX = "tiepoint: ";

    private Failures() {}

    /** Reports options that cannot be understood. */
    static int reportUsage(ParameterException e) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            err.println(PREFIX + firstLine(e.getMessage()));
        } else {
            err.println(PREFIX + unmatched.getUnmatched().get(0) + ": expected a command or an option of "
                    + command.getCommandSpec().qualifiedName() + ", found none of this name");
            for (String suggestion : unmatched.getSuggestions()) {
                err.println("  did you mean " + suggestion + "?");
            }
        }
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return CommandLine.ExitCode.USAGE;
    }

    /** Reports a command that could not do its work. */
    static int report(Throwable thrown, PrintWriter err, boolean stacktrace) {
        Throwable e = thrown instanceof UncheckedIOException && thrown.getCause() != null ? thrown.getCause() : thrown;
        err.println(PREFIX + sentence(e));
        if (stacktrace) {
            e.printStackTrace(err);
        }
        err.flush();
        // The constructors of options throw exactly this class; its subclasses (of formats, of numbers) are our own
        // bugs.
        return e.getClass() == IllegalArgumentException.class
                ? CommandLine.ExitCode.USAGE
                : CommandLine.ExitCode.SOFTWARE;
    }

    private static String sentence(Throwable e) {
        if (e instanceof FileSystemException file) {
            return fileSentence(file);
        }
        if (e instanceof OutOfMemoryError) {
            return "memory: expected enough for this work, found no more than "
                    + Runtime.getRuntime().maxMemory() / (1 << 20)
                    + " MiB; give more with TIEPOINT_JAVA_OPTS=-Xmx8g, or work on smaller images";
        }
        if (e instanceof LinkageError) {
            return "native libraries: expected those of " + System.getProperty("os.name") + " "
                    + System.getProperty("os.arch") + ", found " + described(e)
                    + "; build on the machine that runs the program";
        }
        boolean expected = e instanceof IOException || e.getClass() == IllegalArgumentException.class;
        String message = e.getMessage();
        if (expected && message != null && !message.isBlank()) {
            return firstLine(message);
        }
        return "unexpected error: " + described(e) + "; run it again with --stacktrace to see where";
    }

    private static String fileSentence(FileSystemException e) {
        String file = e.getFile() == null ? "file" : e.getFile();
        if (e instanceof NoSuchFileException) {
            return file + ": expected a file or folder, found none";
        }
        if (e instanceof AccessDeniedException) {
            return file + ": expected permission to use it, found none";
        }
        if (e instanceof FileAlreadyExistsException) {
            return file + ": expected nothing there, found a file or folder";
        }
        if (e instanceof NotDirectoryException) {
            return file + ": expected a folder, found a file";
        }
        return file + ": " + (e.getReason() == null ? described(e) : e.getReason());
    }

    private static String described(Throwable e) {
        String name = e.getClass().getSimpleName();
        return e.getMessage() == null ? name : name + ": " + firstLine(e.getMessage());
    }

    private static String firstLine(@Nullable String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }
}
