package io.tiepoint.train.run;

import java.util.Map;

/** Is told how a stage goes on. */
public interface TrainingListener {
    /** A stage starts, or goes on from a step. */
    void started(String stage, long firstStep, long steps);

    /** One step is done. */
    void advanced(long step, double loss);

    /** Weights were validated. */
    void validated(long step, Map<String, Double> figures);

    /** The stage's steps are done, or were interrupted. */
    void stopped(boolean finished);

    /** Hears nothing. */
    TrainingListener SILENT = new TrainingListener() {
        @Override
        public void started(String stage, long firstStep, long steps) {}

        @Override
        public void advanced(long step, double loss) {}

        @Override
        public void validated(long step, Map<String, Double> figures) {}

        @Override
        public void stopped(boolean finished) {}
    };
}
