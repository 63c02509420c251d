package io.paodin.monitoring.e2e;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.xerial.snappy.Snappy;

/**
 * Sends samples as a Prometheus server does, by remote write 1.0.
 *
 * @param header names the tenant
 * @param tenant empty if the header is left out
 * @see <a href="https://prometheus.io/docs/specs/prw/remote_write_spec/">the specification</a>
 */
record RemoteWrite(Http router, String header, Optional<String> tenant) {

    static final String CONTENT_TYPE = "application/x-protobuf";

    /** What every request says of itself. */
    static final Map<String, String> HEADERS =
            Map.of("Content-Encoding", "snappy", "X-Prometheus-Remote-Write-Version", "0.1.0");

    /** One request with all of them. */
    Http.Answer send(Samples samples) {
        var headers = new TreeMap<>(HEADERS);
        tenant.ifPresent(t -> headers.put(header, t));
        return router.post("", CONTENT_TYPE, body(samples), headers);
    }

    /** What one request with all of them consists of. */
    static byte[] body(Samples samples) {
        try {
            return Snappy.compress(writeRequest(samples));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The message {@code prometheus.WriteRequest}. */
    private static byte[] writeRequest(Samples samples) {
        return message(request -> {
            for (var series : samples.series().entrySet()) {
                request.writeByteArray(1, timeSeries(series.getKey(), series.getValue()));
            }
        });
    }

    private static byte[] timeSeries(Map<String, String> labels, SortedMap<Long, Double> samples) {
        return message(series -> {
            for (var label : new TreeMap<>(labels).entrySet()) {
                series.writeByteArray(1, message(pair -> {
                    pair.writeString(1, label.getKey());
                    pair.writeString(2, label.getValue());
                }));
            }
            for (var sample : samples.entrySet()) {
                series.writeByteArray(2, message(pair -> {
                    pair.writeDouble(1, sample.getValue());
                    pair.writeInt64(2, sample.getKey());
                }));
            }
        });
    }

    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Fields fields) {
        var bytes = new ByteArrayOutputStream();
        var out = CodedOutputStream.newInstance(bytes);
        try {
            fields.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
