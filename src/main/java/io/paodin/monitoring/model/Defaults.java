package io.paodin.monitoring.model;

import io.paodin.monitoring.api.v1alpha1.ClaimRetention;
import io.paodin.monitoring.api.v1alpha1.HashringAlgorithm;
import java.time.Duration;
import java.util.List;

/** What a field means when the resource does not set it. Images and the pods' user are the operator's settings. */
final class Defaults {

    static final String LOG_LEVEL = "info";
    static final String LOG_FORMAT = "logfmt";

    /** What Prometheus replicas are told apart by, in the labels that prometheus-operator gives them. */
    static final List<String> REPLICA_LABELS = List.of("prometheus_replica");

    static final int REPLICATION_FACTOR = 1;
    static final String TENANT_HEADER = "THANOS-TENANT";
    static final String TENANT_ID = "default-tenant";
    static final String TENANT_LABEL = "tenant_id";

    static final int INGESTOR_REPLICAS = 1;

    /** Not Thanos' own, hashmod, with which nearly all series move when a member comes or goes. */
    static final HashringAlgorithm HASHRING_ALGORITHM = HashringAlgorithm.KETAMA;

    static final String LOCAL_TSDB_RETENTION = "15d";
    static final String BLOCK_DURATION = "2h";

    /**
     * For how long, in seconds, a returned ingestor must have been ready before the next one is restarted: routers may
     * take a member for down for up to two minutes after it is back.
     */
    static final int MIN_READY_SECONDS_REPLICATED = 120;

    static final int MIN_READY_SECONDS = 0;

    /** Samples further in the future than this are refused: one of them would hold the head block open. */
    static final String TOO_FAR_IN_FUTURE = "5m";

    static final int COMPACT_REPLICAS = 1;

    /** The age at which Thanos makes blocks of 5 minutes' resolution of raw ones. */
    static final Duration DOWNSAMPLING_5M = Duration.ofHours(40);

    /** The age at which Thanos makes blocks of 1 hour's resolution of those of 5 minutes. */
    static final Duration DOWNSAMPLING_1H = Duration.ofDays(10);

    static final ClaimRetention CLAIM_RETENTION = ClaimRetention.RETAIN;

    /** Thanos' own. */
    static final Duration DELETE_DELAY = Duration.ofHours(48);

    /** Thanos' own. */
    static final Duration SYNC_BLOCK_DURATION = Duration.ofMinutes(15);

    /** In seconds, for a pod to end: of an ingestor, which has to write and upload what it holds, and of any other. */
    static final int GRACE_PERIOD_OF_INGESTORS = 900;

    static final int GRACE_PERIOD = 120;

    private Defaults() {}

    static <T> T orElse(T value, T fallback) {
        return value == null ? fallback : value;
    }

    static <T> List<T> orEmpty(List<T> values) {
        return values == null ? List.of() : values;
    }
}
