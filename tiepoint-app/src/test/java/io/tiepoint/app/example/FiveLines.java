package io.tiepoint.app.example;

import io.tiepoint.core.image.ImageFiles;
import io.tiepoint.match.PairMatching;
import io.tiepoint.match.Tiepoint;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** The example of the README, which quotes what lies between the two marks. */
final class FiveLines {
    private FiveLines() {}

    static void run(Path file0, Path file1, PrintWriter out) throws IOException {
        // begin
        try (Tiepoint tiepoint = Tiepoint.open()) {
            PairMatching pair = tiepoint.match(ImageFiles.readGray(file0), ImageFiles.readGray(file1));
            IntStream.range(0, pair.matches().size())
                    .forEach(match -> out.println(pair.point0(match) + " is " + pair.point1(match)));
        }
        // end
    }
}
