package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Defaults.orElse;

import io.paodin.monitoring.api.v1alpha1.GlobalLimits;
import io.paodin.monitoring.api.v1alpha1.RequestLimits;
import io.paodin.monitoring.api.v1alpha1.RouterLimits;
import io.paodin.monitoring.api.v1alpha1.WriteLimits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the routers refuse. They read the file again when it changes, but for what they decide when they start.
 *
 * @param atStart the limits of which a router has to know at its start that there are any, or are none any more; null for
 *     none
 */
record Limits(String file, String atStart) {

    /** The annotation of pods that makes others of them when {@link #atStart} changes. */
    static final String AT_START = "monitoring.paodin.io/limits-at-start";

    /** @param path where the limits stand in the resource */
    static Limits of(RouterLimits spec, String path, Findings findings) {
        var global = orElse(spec.global, new GlobalLimits());
        var defaults = orElse(spec.defaults, new WriteLimits());
        var tenants = tenants(spec, path + ".tenants", findings);
        check(global, path + ".global", findings);
        check(defaults, path + ".default", findings);
        var series = Stream.concat(Stream.of(defaults), tenants.values().stream())
                .map(limits -> limits.headSeriesLimit)
                .filter(Objects::nonNull)
                .toList();
        checkSeries(series, global, path, findings);

        var write = new LinkedHashMap<String, Object>();
        write.put("global", file(global));
        write.put("default", file(defaults));
        var byTenant = new LinkedHashMap<String, Object>();
        // Never without a value: a router would end.
        tenants.forEach((tenant, limits) -> byTenant.put(tenant, file(limits)));
        write.put("tenants", byTenant);
        return new Limits(ConfigText.of(Map.of("write", write)), atStart(series, global));
    }

    private static Map<String, WriteLimits> tenants(RouterLimits spec, String path, Findings findings) {
        var tenants = new TreeMap<String, WriteLimits>();
        orElse(spec.tenants, Map.<String, WriteLimits>of()).forEach((tenant, limits) -> {
            findings.unlessMatches(path, tenant, Form.TENANT);
            if (limits == null) {
                findings.add(Findings.at(path, tenant), "is empty: give a limit or remove it");
            }
            tenants.put(tenant, orElse(limits, new WriteLimits()));
        });
        tenants.forEach((tenant, limits) -> check(limits, Findings.at(path, tenant), findings));
        return tenants;
    }

    private static void check(GlobalLimits global, String path, Findings findings) {
        findings.unlessWithin(path + ".maxConcurrency", global.maxConcurrency, 1, 1_000_000);
        findings.unlessMatches(path + ".metaMonitoringUrl", global.metaMonitoringUrl, Form.HTTP_URL);
        if (global.metaMonitoringLimitQuery != null && global.metaMonitoringLimitQuery.isBlank()) {
            findings.add(path + ".metaMonitoringLimitQuery", "is empty: give a query, or remove it");
        }
    }

    private static void check(WriteLimits limits, String path, Findings findings) {
        findings.unlessWithin(path + ".headSeriesLimit", limits.headSeriesLimit, 0, Integer.MAX_VALUE);
        var request = orElse(limits.request, new RequestLimits());
        findings.unlessWithin(path + ".request.sizeBytesLimit", request.sizeBytesLimit, 0, Integer.MAX_VALUE);
        findings.unlessWithin(path + ".request.seriesLimit", request.seriesLimit, 0, Integer.MAX_VALUE);
        findings.unlessWithin(path + ".request.samplesLimit", request.samplesLimit, 0, Integer.MAX_VALUE);
    }

    /** A limit of what nobody counts would hold nobody back, and a router says so only in its log. */
    private static void checkSeries(List<Integer> series, GlobalLimits global, String path, Findings findings) {
        if (series.isEmpty()) {
            var nothing = "limits nothing without a headSeriesLimit: set default.headSeriesLimit, or remove it";
            if (global.metaMonitoringUrl != null) {
                findings.add(path + ".global.metaMonitoringUrl", nothing);
            }
            if (global.metaMonitoringLimitQuery != null) {
                findings.add(path + ".global.metaMonitoringLimitQuery", nothing);
            }
        } else if (global.metaMonitoringUrl == null) {
            findings.add(
                    path + ".global.metaMonitoringUrl",
                    "is missing, and headSeriesLimit needs something that knows the number of series: give the address "
                            + "of a Query or Prometheus that scrapes the ingestors");
        }
    }

    private static String atStart(List<Integer> series, GlobalLimits global) {
        var known = new ArrayList<String>();
        if (global.maxConcurrency != null) {
            known.add("concurrency");
        }
        if (series.stream().anyMatch(limit -> limit != 0)) {
            known.add("series");
        }
        return known.isEmpty() ? null : String.join(",", known);
    }

    private static Map<String, Object> file(GlobalLimits global) {
        var file = new LinkedHashMap<String, Object>();
        put(file, "max_concurrency", global.maxConcurrency);
        put(file, "meta_monitoring_url", global.metaMonitoringUrl);
        put(file, "meta_monitoring_limit_query", global.metaMonitoringLimitQuery);
        return file;
    }

    private static Map<String, Object> file(WriteLimits limits) {
        var file = new LinkedHashMap<String, Object>();
        if (limits.request != null) {
            var request = new LinkedHashMap<String, Object>();
            put(request, "size_bytes_limit", limits.request.sizeBytesLimit);
            put(request, "series_limit", limits.request.seriesLimit);
            put(request, "samples_limit", limits.request.samplesLimit);
            file.put("request", request);
        }
        put(file, "head_series_limit", limits.headSeriesLimit);
        return file;
    }

    private static void put(Map<String, Object> file, String key, Object value) {
        if (value != null) {
            file.put(key, value);
        }
    }
}
