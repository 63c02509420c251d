package io.paodin.monitoring.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings of the operator. Each is given as an environment variable of the pod, or as a system property or a line
 * of {@code config/application.properties} with the name that the variable stands for ({@code PAODIN_IMAGES_THANOS} is
 * {@code paodin.images.thanos}). A misspelled property stops the start. Durations are written {@code 500ms},
 * {@code 15s}, {@code 10m}, {@code 1h}, or in the ISO form {@code PT15S}; a number alone is in seconds.
 */
@ConfigMapping(prefix = "paodin")
public interface OperatorConfig {

    /** The images used where a resource names none. */
    Images images();

    /**
     * The numeric user and group that the containers of Thanos run as, also the group of their data volumes. Empty
     * leaves both to the platform, as OpenShift wants it.
     *
     * <p>Default 1001; environment variable {@code PAODIN_POD_USER}.
     */
    @WithDefault("1001")
    Optional<Long> podUser();

    /**
     * The namespaces whose resources the operator looks after, separated by commas. {@code JOSDK_ALL_NAMESPACES} stands
     * for all of them, and so does nothing at all; {@code JOSDK_WATCH_CURRENT} for the one it runs in. Anything but all needs
     * no cluster-wide rights.
     *
     * <p>Default all namespaces; environment variable {@code PAODIN_NAMESPACES}.
     */
    @WithDefault("JOSDK_ALL_NAMESPACES")
    Optional<List<String>> namespaces();

    /**
     * How often a query pod looks for changes in the file that lists its endpoints, a duration. Shorter finds new stores
     * sooner, on top of the time that the kubelet takes to refresh the mounted file.
     *
     * <p>Default 15s; environment variable {@code PAODIN_ENDPOINT_RELOAD_INTERVAL}.
     */
    @WithDefault("15s")
    Duration endpointReloadInterval();

    /**
     * How often a receive router looks for changes in its file of hashrings, a duration.
     *
     * <p>Default 5s; environment variable {@code PAODIN_HASHRING_RELOAD_INTERVAL}.
     */
    @WithDefault("5s")
    Duration hashringReloadInterval();

    /**
     * How long a router that does not answer is waited for, after a change of the hashrings and after its last answer, before
     * ingestors that are not members any more are stopped, a duration. The operator reads the metrics of the routers' pods itself, so a network
     * policy has to let it reach port 10902 of these pods; else each time an ingestor is taken away takes this long. It
     * should be longer than a kubelet takes to refresh a mounted file.
     *
     * <p>Default 5m; environment variable {@code PAODIN_ROUTER_CONFIRMATION_TIMEOUT}.
     */
    @WithDefault("5m")
    Duration routerConfirmationTimeout();

    /**
     * How many hashrings at most replace their pods side by side when the pod template of ingestors has changed, once one
     * hashring has done so and is well. Each replaces one pod at a time.
     *
     * <p>Default 3; environment variable {@code PAODIN_INGESTOR_ROLLOUT_RINGS}.
     */
    @WithDefault("3")
    int ingestorRolloutRings();

    /**
     * The longest time that a resource goes without being looked at when nothing about it changes, a duration. It is a
     * safety net against a lost event: such a look reads the caches and writes nothing unless something differs.
     *
     * <p>Default 10m; environment variable {@code PAODIN_RESYNC_INTERVAL}.
     */
    @WithDefault("10m")
    Duration resyncInterval();

    /**
     * How soon a resource is looked at again while something is in its way of which no event tells, such as an object of
     * somebody else, or a change that the API server refuses; a duration.
     *
     * <p>Default 1m; environment variable {@code PAODIN_PROBLEM_RECHECK_INTERVAL}.
     */
    @WithDefault("1m")
    Duration problemRecheckInterval();

    /**
     * How often the pod of a compactor is asked whether it has halted, a duration. The operator reads the pod's metrics
     * itself, so a network policy has to let it reach port 10902 of these pods.
     *
     * <p>Default 1m; environment variable {@code PAODIN_COMPACTOR_CHECK_INTERVAL}.
     */
    @WithDefault("1m")
    Duration compactorCheckInterval();

    /**
     * How often the proxies of query pods are asked what became of their connections to stores behind TLS, a duration. The
     * operator reads their metrics itself, so a network policy has to let it reach port 9902 of these pods.
     *
     * <p>Default 30s; environment variable {@code PAODIN_STORE_CHECK_INTERVAL}.
     */
    @WithDefault("30s")
    Duration storeCheckInterval();

    /**
     * How often the Secrets that a resource names are looked at, a duration: nobody tells of their change, since the
     * operator may not watch them. One that is missing or unusable is looked at sooner, from 5 s on at growing intervals.
     *
     * <p>Default 2m; environment variable {@code PAODIN_SECRET_REFRESH_INTERVAL}.
     */
    @WithDefault("2m")
    Duration secretRefreshInterval();

    /**
     * How long a stopping operator waits for reconciliations that are under way, a duration. The lease is handed over
     * when they are done. Keep it below the pod's termination grace period.
     *
     * <p>Default 20s; environment variable {@code PAODIN_SHUTDOWN_TIMEOUT}.
     */
    @WithDefault("20s")
    Duration shutdownTimeout();

    /**
     * How long a watch may be broken before the liveness probe fails, so that the pod is restarted, a duration. Readiness
     * fails at once.
     *
     * <p>Default 5m; environment variable {@code PAODIN_UNHEALTHY_TOLERANCE}.
     */
    @WithDefault("5m")
    Duration unhealthyTolerance();

    /** What the operator logs, and how. */
    Log log();

    /** How several instances agree on the one that acts. */
    LeaderElection leaderElection();

    /** The images used where a resource names none. */
    interface Images {

        /** The image whose version is also what an image without a readable tag is taken for. */
        String DEFAULT_THANOS = "quay.io/thanos/thanos:v0.42.4";

        /**
         * The image of all Thanos components that have none in the resource, an image reference. The version is read from
         * its tag.
         *
         * <p>Default quay.io/thanos/thanos:v0.42.4; environment variable {@code PAODIN_IMAGES_THANOS}.
         */
        @WithDefault(DEFAULT_THANOS)
        String thanos();

        /** The image of Envoy that the testbed and the tests use. */
        String DEFAULT_ENVOY = "docker.io/envoyproxy/envoy:distroless-v1.40.0";

        /**
         * The image of the proxy beside query, which reaches stores behind TLS, where a resource names none; an image
         * reference. 1.37 is the oldest version supported.
         *
         * <p>Default docker.io/envoyproxy/envoy:distroless-v1.40.0; environment variable {@code PAODIN_IMAGES_ENVOY}.
         */
        @WithDefault(DEFAULT_ENVOY)
        String envoy();
    }

    /** What the operator logs, and how. */
    interface Log {

        /**
         * The form of the log: {@code text}, a line for people, or {@code json}, an object on each line, in which
         * {@code mdc} names the resource that it is about. Standard error gets it either way.
         *
         * <p>Default text; environment variable {@code PAODIN_LOG_FORMAT}.
         */
        @WithDefault("text")
        String format();

        /**
         * The least severe level that is logged: {@code error}, {@code warn}, {@code info} or {@code debug}. With
         * {@code debug} the libraries tell each of their steps too.
         *
         * <p>Default info; environment variable {@code PAODIN_LOG_LEVEL}.
         */
        @WithDefault("info")
        String level();
    }

    /** How several instances agree on the one that acts. */
    interface LeaderElection {

        /**
         * Whether an instance acts only while it holds the lease {@code paodin-monitoring}. Without it there must never be
         * more than one instance.
         *
         * <p>Default true ({@code quarkus:dev} and tests: false); environment variable
         * {@code PAODIN_LEADER_ELECTION_ENABLED}.
         */
        @WithDefault("true")
        boolean enabled();

        /**
         * The namespace of the lease. Empty is the namespace of the pod, or of the current context of a kubeconfig.
         *
         * <p>Default empty; environment variable {@code PAODIN_LEADER_ELECTION_NAMESPACE}.
         */
        Optional<String> namespace();

        /**
         * How long the others wait after the leader's last sign of life before one of them takes over, a duration. Longer
         * than the renew deadline.
         *
         * <p>Default 15s; environment variable {@code PAODIN_LEADER_ELECTION_LEASE_DURATION}.
         */
        @WithDefault("15s")
        Duration leaseDuration();

        /**
         * How long the leader tries to renew its lease before it gives up and its process ends, a duration. Longer than the
         * retry period.
         *
         * <p>Default 10s; environment variable {@code PAODIN_LEADER_ELECTION_RENEW_DEADLINE}.
         */
        @WithDefault("10s")
        Duration renewDeadline();

        /**
         * The time between two attempts to get or renew the lease, a duration.
         *
         * <p>Default 2s; environment variable {@code PAODIN_LEADER_ELECTION_RETRY_PERIOD}.
         */
        @WithDefault("2s")
        Duration retryPeriod();
    }
}
