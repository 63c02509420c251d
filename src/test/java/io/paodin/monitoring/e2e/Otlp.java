package io.paodin.monitoring.e2e;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;

/** Sends samples as an OpenTelemetry collector does: as gauges, by OTLP over HTTP. */
record Otlp(Http router, Map<String, String> headers) {

    Http.Answer send(Samples samples) {
        var scope = ScopeMetrics.newBuilder();
        samples.series().forEach((labels, values) -> scope.addMetrics(metric(labels, values)));
        var request = ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder().addScopeMetrics(scope))
                .build();
        return router.post("/api/v1/otlp", "application/x-protobuf", request.toByteArray(), headers);
    }

    private static Metric metric(Map<String, String> labels, SortedMap<Long, Double> values) {
        var gauge = Gauge.newBuilder();
        values.forEach((time, value) -> {
            var point = NumberDataPoint.newBuilder()
                    .setTimeUnixNano(TimeUnit.MILLISECONDS.toNanos(time))
                    .setAsDouble(value);
            labels.forEach((name, text) -> {
                if (!name.equals("__name__")) {
                    point.addAttributes(KeyValue.newBuilder()
                            .setKey(name)
                            .setValue(AnyValue.newBuilder().setStringValue(text)));
                }
            });
            gauge.addDataPoints(point);
        });
        return Metric.newBuilder()
                .setName(labels.get("__name__"))
                .setGauge(gauge)
                .build();
    }
}
