package io.tiepoint.app;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The top command; each verb is a class of its own. */
@Command(
        name = "tiepoint",
        header = "Learns to find points in photographs and to match them between photographs, from synthetic data.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = TiepointCommand.Version.class,
        subcommands = {
            DemoCommand.class,
            MatchCommand.class,
            LearnCommand.class,
            TrainCommand.class,
            EvaluateCommand.class,
            WeightsCommand.class,
            SynthCommand.class,
            DoctorCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  tiepoint demo",
            "      two views of a synthetic scene, matched and checked against the truth",
            "  tiepoint match a.jpg b.jpg",
            "      two photographs, matched; writes a picture",
            "  tiepoint match a.jpg b.jpg --geometry fundamental --json matches.json",
            "      all numbers as JSON, for a scene that is not flat",
            "  tiepoint learn --recipe quick --out runs/quick",
            "      models of your own, from a seed or from the images of a folder",
            "  tiepoint evaluate --photos DIR",
            "      how good they are, beside SIFT, RootSIFT and ORB",
            "  tiepoint weights import superpoint_v1.pth --as superpoint",
            "      a model from published weights",
            "  tiepoint synth shapes --count 100000 --out data/shapes",
            "      synthetic data sets with exact truth, for Python or Java",
            "  tiepoint doctor",
            "      whether this machine has all that is needed, and how to get the rest",
            "  tiepoint COMMAND --help",
            "      everything that a command can do",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage."
        })
@SuppressWarnings("UnusedVariable") // picocli itself reads the fields of --help and --version
public final class TiepointCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help and leave.")
    private boolean help;

    @Option(names = "--version", versionHelp = true, description = "Show the version and leave.")
    private boolean version;

    @Option(
            names = "--stacktrace",
            scope = ScopeType.INHERIT,
            description = "Show where in the program an error arose.")
    private boolean stacktrace;

    /** Says that a verb is missing. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "command: expected a command, found none");
    }

    /**
     * Runs one command.
     *
     * @return 0 done, 1 failed, 2 wrong usage
     */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        TiepointCommand top = new TiepointCommand();
        CommandLine commandLine = new CommandLine(top)
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler((e, given) -> Failures.reportUsage(e))
                .setExecutionExceptionHandler((e, command, parsed) -> Failures.report(e, err, top.stacktrace));
        try {
            return commandLine.execute(args);
        } catch (Error e) { // memory that is used up, a native library that is missing
            return Failures.report(e, err, top.stacktrace);
        }
    }

    /** What {@code --version} prints. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = TiepointCommand.class.getPackage().getImplementationVersion();
            return new String[] {
                "tiepoint " + (version == null ? "(built from sources)" : version),
                "Java " + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
            };
        }
    }
}
