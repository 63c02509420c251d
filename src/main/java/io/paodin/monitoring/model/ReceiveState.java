package io.paodin.monitoring.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What there is of receive: with the resource, all that decides on the next step of its hashrings.
 *
 * @param published what the routers are told; empty if they have never been told anything, or it is lost
 * @param ingestors the pods of all ingestors, also of those that the resource has no more
 * @param routers the pods of the router
 * @param now the time at which all of this was so; empty if there is no cluster, and nothing depends on it
 */
public record ReceiveState(
        Optional<Published> published, List<IngestorPod> ingestors, List<RouterPod> routers, Optional<Instant> now) {

    /** Nothing was looked at: no cluster is there. */
    public static final ReceiveState NONE = new ReceiveState(Optional.empty(), List.of(), List.of(), Optional.empty());

    public ReceiveState {
        ingestors = List.copyOf(ingestors);
        routers = List.copyOf(routers);
    }

    /**
     * The file of the hashrings as it is.
     *
     * @param since when it came to be so; empty if nobody knows
     */
    public record Published(String content, Optional<Instant> since) {}

    /**
     * A pod of an ingestor.
     *
     * @param statefulSet the name of its StatefulSet
     * @param createdAt when it was made; a pod that is made anew is another
     * @param since when it became ready, or ceased to be; empty if it has not told yet
     * @param isUpdated whether it is of the newest pod template
     * @param isStopping whether it is being deleted
     * @param zone the availability zone that it runs in, if the server says so
     */
    public record IngestorPod(
            String statefulSet,
            int ordinal,
            Instant createdAt,
            boolean isReady,
            Optional<Instant> since,
            boolean isUpdated,
            boolean isStopping,
            Optional<String> zone) {

        public String name() {
            return statefulSet + "-" + ordinal;
        }

        /** Whether it can be relied on. */
        boolean isServing() {
            return isReady && !isStopping;
        }
    }

    /**
     * A pod of the router.
     *
     * @param createdAt after this it has read what was published before
     * @param told the hash of the file that it was last told of; empty if it was not told of any
     * @param replicationFactor to how many members it replicates, which it cannot do with a ring of fewer
     */
    public record RouterPod(
            String name,
            Instant createdAt,
            Optional<String> told,
            boolean isReady,
            boolean isStopping,
            int replicationFactor,
            Answer answer) {

        /** What it says of the hashrings that it has read. */
        public sealed interface Answer {}

        /**
         * It has read a file.
         *
         * @param hash of what it has read last
         * @param age how long ago that was
         */
        public record Report(double hash, Duration age) implements Answer {}

        /**
         * It was asked and did not answer.
         *
         * @param since when it answered last, or was asked for the first time
         */
        public record Silent(Instant since) implements Answer {}

        /** It was not asked yet. */
        public record Unasked() implements Answer {}

        boolean isSilent() {
            return answer instanceof Silent;
        }

        boolean hasRead(double hash) {
            return answer instanceof Report report && report.hash() == hash;
        }

        /** How long ago it has read what it has read last; empty if it does not say. */
        Optional<Duration> age() {
            return answer instanceof Report report ? Optional.of(report.age()) : Optional.empty();
        }

        boolean hasSettled(Duration time) {
            return answer instanceof Report report && report.age().compareTo(time) >= 0;
        }
    }

    Optional<HashringFile> file() {
        return published.flatMap(p -> HashringFile.parse(p.content()));
    }
}
