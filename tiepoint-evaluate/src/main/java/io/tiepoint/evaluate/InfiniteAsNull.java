package io.tiepoint.evaluate;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;

/** JSON has no infinity: an infinite error is written as {@code null} and read back. */
final class InfiniteAsNull {
    private InfiniteAsNull() {}

    /** Writes. */
    static final class Writer extends StdSerializer<Double> {
        private static final long serialVersionUID = 1;

        Writer() {
            super(Double.class);
        }

        @Override
        public void serialize(Double value, JsonGenerator json, SerializerProvider provider) throws IOException {
            if (Double.isInfinite(value)) {
                json.writeNull();
            } else {
                json.writeNumber(value);
            }
        }
    }

    /** Reads. */
    static final class Reader extends StdDeserializer<Double> {
        private static final long serialVersionUID = 1;

        Reader() {
            super(Double.class);
        }

        @Override
        public Double deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return json.getDoubleValue();
        }

        @Override
        public Double getNullValue(DeserializationContext context) {
            return Double.POSITIVE_INFINITY;
        }
    }
}
