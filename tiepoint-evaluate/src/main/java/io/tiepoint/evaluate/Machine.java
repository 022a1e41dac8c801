package io.tiepoint.evaluate;

/**
 * Where times were measured.
 *
 * @param os name and version
 * @param arch of the processor
 * @param cores that the process may use
 * @param java version and vendor
 */
public record Machine(String os, String arch, int cores, String java) {
    /** The machine that runs this. */
    public static Machine current() {
        return new Machine(
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")");
    }
}
