package io.tiepoint.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiepoint.core.features.DetectionProfile;
import io.tiepoint.core.geometry.PixelFrame;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a card says of the way from a heatmap to keypoints. */
class DetectionCardTest {
    private static ModelCard card(ModelCard.Detection detection) {
        return new ModelCard(
                ModelCard.FORMAT,
                "name",
                ModelCard.Kind.EXTRACTOR,
                "0",
                List.of(),
                List.of(),
                256,
                8,
                PixelFrame.CORNER,
                detection,
                "nothing",
                "Apache-2.0",
                ModelCard.emptyObject(),
                ModelCard.emptyObject());
    }

    @ParameterizedTest
    @EnumSource
    void isTheSameAfterWritingAndReading(DetectionProfile profile) throws ModelFormatException {
        ModelCard card = card(ModelCard.Detection.of(profile));

        assertThat(ModelCard.parse(card.toJson(), "card")).isEqualTo(card);
    }

    @Test
    void aCardFromBeforeThereWereProfilesMeansTiepointsOwn() throws ModelFormatException {
        String json = card(new ModelCard.Detection(0.005f, 4, 4)).toJson();

        assertThat(json).doesNotContain("profile");
        assertThat(ModelCard.parse(json, "card").detection())
                .isEqualTo(new ModelCard.Detection(0.005f, 4, 4, DetectionProfile.TIEPOINT));
    }

    @Test
    void refusesAnUnknownProfile() {
        String json =
                card(ModelCard.Detection.of(DetectionProfile.RPAUTRAT)).toJson().replace("RPAUTRAT", "HLOC");

        assertThatThrownBy(() -> ModelCard.parse(json, "my.card.json"))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("my.card.json: expected a model card, found ", "HLOC");
    }
}
