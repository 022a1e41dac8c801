package io.tiepoint.synthetic.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.image.ColorImage;
import io.tiepoint.core.image.GrayImage;
import org.junit.jupiter.api.Test;

class ContactSheetTest {
    private static final GrayImage GRAY = GrayImage.of(2, 1, new float[] {0f, 1f});

    @Test
    void showsImagesSideBySideWithTheirKeypoints() {
        ContactSheet sheet = new ContactSheet(2, 10);
        sheet.add(GRAY);
        sheet.add(GRAY, Keypoints.of(new float[] {0.5f, 0.5f}, new float[] {1f}));
        ColorImage drawn = sheet.draw();
        assertThat(drawn.size().toString()).isEqualTo("48x14");
        assertThat(pixel(drawn, 5, 5)).containsExactly(0, 0, 0);
        assertThat(pixel(drawn, 15, 5)).containsExactly(255, 255, 255);
        assertThat(pixel(drawn, 24 + 5, 5)).containsExactly(0, 255, 0);
        assertThat(pixel(drawn, 24 + 15, 5)).containsExactly(255, 255, 255);
    }

    private static int[] pixel(ColorImage image, int x, int y) {
        int i = 3 * (y * image.width() + x);
        return new int[] {image.rgb()[i] & 0xff, image.rgb()[i + 1] & 0xff, image.rgb()[i + 2] & 0xff};
    }

    @Test
    void refusesImagesOfTwoSizes() {
        ContactSheet sheet = new ContactSheet(2, 1);
        sheet.add(GRAY);
        assertThatThrownBy(() -> sheet.add(GrayImage.of(1, 1, new float[1])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("image: expected the size of the first one, found 1x1");
    }
}
