package io.tiepoint.synthetic.blender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiepoint.core.geometry.Camera;
import io.tiepoint.core.geometry.Pose;
import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.synthetic.render.AmbientLight;
import io.tiepoint.synthetic.render.Lighting;
import io.tiepoint.synthetic.render.Renderer;
import io.tiepoint.synthetic.render.Sun;
import io.tiepoint.synthetic.render.Visibility;
import io.tiepoint.synthetic.scenes.Scene;
import io.tiepoint.synthetic.scenes.SceneKind;
import io.tiepoint.synthetic.scenes.SceneRecipe;
import io.tiepoint.synthetic.scenes.Scenes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Blenders that are missing, broken, slow or interrupted; small scripts stand in for them. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the stand-ins are shell scripts")
class BlenderProgramTest {
    private static final String SLEEP = "sleep 600 & wait";

    @TempDir
    private Path folder;

    /** A program that tells where it ran and then does as told. */
    private BlenderProgram standIn(String body) throws IOException {
        Path file = folder.resolve("blender");
        Path written = Files.writeString(
                file, "#!/bin/sh\npwd > '" + folder + "/where'\necho $$ > '" + folder + "/pid'\n" + body + "\n");
        Path executable = Files.setPosixFilePermissions(written, PosixFilePermissions.fromString("rwxr-xr-x"));
        return BlenderProgram.at(executable);
    }

    private void nothingIsLeft() throws IOException {
        assertThat(Path.of(Files.readString(folder.resolve("where")).strip())).doesNotExist();
        long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    private static BlenderRenderer renderer(BlenderProgram program, int limitS) {
        return new BlenderRenderer(program, BlenderOptions.DEFAULT.with(1, 1).withLimitS(limitS));
    }

    private static Renderer.Take take() {
        SceneRecipe recipe = new SceneRecipe(4, 1, SceneRecipe.DEFAULT.kinds()).only(SceneKind.TABLETOP);
        Scene scene = new Scenes(recipe, new Seed(1)).scene(0);
        Pose camFromWorld = Pose.lookAt(new Vector3(0.8, -0.7, 0.6), Vector3.ZERO, 0);
        Camera camera = Camera.ofViewAngle(new ImageSize(32, 24), 1);
        return new Renderer.Take(
                Visibility.of(scene, camera, camFromWorld),
                new Lighting(scene, AmbientLight.of(scene), new Sun(new Vector3(0, 0.6, 0.8), 1, 1)));
    }

    @Test
    void aMissingBlenderIsNamedWithHowToGetIt() {
        assertThatThrownBy(() -> BlenderProgram.find(Map.of("PATH", folder + ":/nowhere:\0:")))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("expected it on the PATH, found none", "apt-get install", "blender.org");
        Map<String, String> named =
                Map.of(BlenderProgram.VARIABLE, folder.resolve("gone").toString());
        assertThatThrownBy(() -> BlenderProgram.find(named))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(folder.resolve("gone").toString(), "found no such file", "apt-get install");
        Map<String, String> aFolder = Map.of(BlenderProgram.VARIABLE, folder.toString());
        assertThatThrownBy(() -> BlenderProgram.find(aFolder)).hasMessageContaining("found what cannot be run");
    }

    @Test
    void theVariableComesBeforeThePath() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path named = Files.move(standIn("").file(), elsewhere.resolve("blender-4"));
        Path found = standIn("").file();
        assertThat(BlenderProgram.find(Map.of("PATH", folder.toString())).file())
                .isEqualTo(found);
        assertThat(BlenderProgram.find(Map.of("PATH", folder.toString(), BlenderProgram.VARIABLE, named.toString()))
                        .file())
                .isEqualTo(named);
    }

    static Stream<Arguments> brokenBlenders() {
        return Stream.of(
                broken("echo 'NameError: no such thing'; echo 'Blender quit'; exit 3", "exit code 3", "no such thing"),
                broken("kill -SEGV $$", "exit code 139"),
                broken("echo hello", "ended without doing so", "words: hello"),
                broken("printf '{' > done.json", "found something else"),
                broken(reporting("\"problem\": \"numpy\""), "Blender 3.4.1", "apt-get install python3-numpy"),
                broken(reporting("\"problem\": \"version\""), "3.3 or newer", "blender.org"),
                broken(reporting("\"problem\": \"io_scene_gltf2\""), "expected the add-on io_scene_gltf2"));
    }

    private static Arguments broken(String body, String... expected) {
        return Arguments.of(body, List.of(expected));
    }

    /** Says that it is done. */
    private static String reporting(String more) {
        return "echo '{\"blender\": \"3.4.1\", " + more + "}' > done.json\n";
    }

    @ParameterizedTest
    @MethodSource("brokenBlenders")
    void aBrokenBlenderIsOneSentence(String body, List<String> expected) throws IOException {
        BlenderProgram program = standIn(body);
        assertThatThrownBy(program::probe)
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(expected.toArray(CharSequence[]::new))
                .hasMessageContaining(program.file().toString())
                .message()
                .hasLineCount(1);
        nothingIsLeft();
    }

    @Test
    void aFileThatIsNoProgramIsOneSentence() throws IOException {
        BlenderProgram program = standIn("");
        Path ignored = Files.writeString(program.file(), "#!/nowhere/sh\n");
        assertThatThrownBy(program::probe).hasMessageContainingAll("expected Blender to start", "blender.org");
    }

    @Test
    void picturesThatAreMissingOrCutShortAreNamed() throws IOException {
        String done = reporting("\"views\": 1");
        Renderer.Take take = take();
        for (String body : List.of(done, done + "printf 1234 > depth-0.f32")) {
            BlenderRenderer renderer = renderer(standIn(body), 60);
            assertThatThrownBy(() -> renderer.render(take.visibility(), take.lighting()))
                    .isInstanceOf(UncheckedIOException.class)
                    .cause()
                    .hasMessageContaining("expected 768 values in depth-0.f32, found ")
                    .hasMessageContaining("room left");
            nothingIsLeft();
        }
    }

    /** What would be all right but for the geometry must not become a label. */
    @Test
    void aBlenderThatSeesSomethingElseIsAnError() throws IOException {
        String body = reporting("\"views\": 1")
                + "for pass in brightness depth object; do head -c 3072 /dev/zero > $pass-0.f32; done\n"
                + "for pass in normal position; do head -c 9216 /dev/zero > $pass-0.f32; done";
        BlenderRenderer renderer = renderer(standIn(body), 60);
        Renderer.Take take = take();
        assertThatThrownBy(() -> renderer.render(take.visibility(), take.lighting()))
                .isInstanceOf(UncheckedIOException.class)
                .cause()
                .hasMessageContaining("expected Blender to see the same as the truth, found ");
        nothingIsLeft();
    }

    @Test
    void aBlenderThatHangsIsStopped() throws IOException {
        BlenderRenderer renderer = renderer(standIn(SLEEP), 1);
        Renderer.Take take = take();
        assertThatThrownBy(() -> renderer.render(take.visibility(), take.lighting()))
                .isInstanceOf(UncheckedIOException.class)
                .cause()
                .hasMessageContaining("expected Blender to end within 1 s");
        nothingIsLeft();
    }

    @Test
    void anInterruptedThreadStopsItsBlender() throws Exception {
        BlenderRenderer renderer = renderer(standIn(SLEEP), 600);
        Renderer.Take take = take();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                thrown.set(new AssertionError(renderer.render(take.visibility(), take.lighting())));
            } catch (UncheckedIOException e) {
                thrown.set(e.getCause());
            }
        });
        thread.start();
        waitForPid();
        thread.interrupt();
        thread.join(TimeUnit.SECONDS.toMillis(60));
        assertThat(thrown.get()).isInstanceOf(IOException.class).hasMessageContaining("interrupted");
        nothingIsLeft();
    }

    @Test
    void theEndOfTheProgramEndsItsBlender() throws Exception {
        BlenderProgram program = standIn(SLEEP);
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Probing.class.getName(),
                        program.file().toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        waitForPid();
        assertThat(parent.toHandle().destroy()).isTrue(); // as Ctrl-C does
        assertThat(parent.waitFor(60, TimeUnit.SECONDS))
                .as(Files.readString(folder.resolve("log")))
                .isTrue();
        nothingIsLeft();
    }

    private void waitForPid() throws Exception {
        Path pid = folder.resolve("pid");
        for (int i = 0; i < 600 && !(Files.exists(pid) && Files.size(pid) > 0); i++) {
            Thread.sleep(100);
        }
        assertThat(pid).isNotEmptyFile();
    }

    /** A program of its own that waits for a Blender. */
    static final class Probing {
        private Probing() {}

        public static void main(String[] args) throws IOException {
            BlenderReport report = BlenderProgram.at(Path.of(args[0])).probe();
            throw new IllegalStateException(report.toString());
        }
    }
}
