package io.tiepoint.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TiepointCommandTest {
    @Test
    void helpTeachesByExample() {
        Cli run = Cli.run("--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Usage: tiepoint", "tiepoint demo", "tiepoint match a.jpg b.jpg", "Exit codes");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void versionNamesTheProgramAndItsJava() {
        Cli run = Cli.run("--version");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("tiepoint ").contains("Java ");
    }

    @Test
    void anUnknownOptionIsWrongUsage() {
        Cli run = Cli.run("--colour");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--colour", "Try 'tiepoint --help'").doesNotContain("\tat ");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aMissingCommandIsWrongUsage() {
        Cli run = Cli.run();
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("expected a command, found none");
    }
}
