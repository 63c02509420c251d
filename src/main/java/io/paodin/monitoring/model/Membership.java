package io.paodin.monitoring.model;

import io.paodin.monitoring.model.HashringFile.Ring;
import io.paodin.monitoring.model.ReceiveState.IngestorPod;
import io.paodin.monitoring.model.ReceiveState.RouterPod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the routers are to be told next, on the way from what they have been told to what the resource wants. Nothing is
 * remembered but the file itself:
 *
 * <ul>
 *   <li>The first file of a cluster has all members, since there is nothing yet that could be lost.
 *   <li>A ring takes new members, or comes to be, once all of them are ready, in one change.
 *   <li>A member that is not ready any more stays: it comes back with what it holds.
 *   <li>A tenant leaves a ring once the ring that it goes to is in the file.
 *   <li>No ring ever has fewer members than a running router replicates to: it would end.
 * </ul>
 *
 * @param next the file to publish
 * @param replicationFactor what the routers can replicate to by now: the wanted one, once every published ring has so many
 *     members
 * @param awaited what the rings wait for which are not yet as wanted, by name, as a sentence
 * @param excluded the pods that are left out of their ring since they have not been ready for long, by ring
 */
record Membership(HashringFile next, int replicationFactor, Map<String, String> awaited, Map<String, String> excluded) {

    /** The order of {@link Hashring#of}. */
    private static final Comparator<Ring> ORDER = Comparator.comparing(
                    (Ring ring) -> ring.tenants().isEmpty())
            .thenComparing(Ring::isGlob)
            .thenComparing(Ring::name);

    /**
     * @param wanted the rings of the resource
     * @param replicationFactor the wanted one
     * @param patience after what time without being ready a member is left out; empty for never
     */
    static Membership of(
            List<Hashring> wanted, int replicationFactor, Optional<Duration> patience, ReceiveState state) {
        var targets = wanted.stream().map(Hashring::ring).toList();
        var published = published(targets, replicationFactor, state);
        if (published.isEmpty()) {
            return new Membership(new HashringFile(targets), replicationFactor, Map.of(), Map.of());
        }
        var step = new Step(published.get(), state, replicationFactor, patience);
        targets.forEach(step::consider);
        return new Membership(step.file(), step.possibleReplicationFactor(), step.awaited, step.excluded);
    }

    /** What the routers know. If that is lost, the pods that there are are the members; empty if there never were any. */
    private static Optional<HashringFile> published(List<Ring> targets, int replicationFactor, ReceiveState state) {
        if (state.file().isPresent() || state.ingestors().isEmpty()) {
            return state.file();
        }
        return Optional.of(new HashringFile(targets.stream()
                .map(target -> target.withMembers(existing(target, replicationFactor, state)))
                .toList()));
    }

    private static List<String> existing(Ring target, int replicationFactor, ReceiveState state) {
        var domains = target.members().stream()
                .collect(Collectors.toMap(Address::statefulSet, Function.identity(), (one, other) -> one));
        var existing = state.ingestors().stream()
                .filter(pod -> domains.containsKey(pod.statefulSet()))
                .sorted(Comparator.comparing(IngestorPod::statefulSet).thenComparing(IngestorPod::ordinal))
                .map(pod -> Address.of(pod, domains.get(pod.statefulSet())))
                .toList();
        return existing.size() < Math.max(1, replicationFactor) ? target.members() : existing;
    }

    /** One step from a file to the next. */
    private static final class Step {

        private final HashringFile published;
        private final ReceiveState state;
        private final Map<String, IngestorPod> pods;
        private final int wantedFactor;
        private final int factorInUse;
        private final Optional<Duration> patience;

        private final List<Ring> targets = new ArrayList<>();
        private final Map<String, Ring> admitted = new LinkedHashMap<>();
        private final Map<String, String> awaited = new HashMap<>();
        private final Map<String, String> excluded = new HashMap<>();

        Step(HashringFile published, ReceiveState state, int wantedFactor, Optional<Duration> patience) {
            this.published = published;
            this.state = state;
            this.pods = state.ingestors().stream()
                    .collect(Collectors.toMap(IngestorPod::name, Function.identity(), (one, other) -> one));
            this.wantedFactor = wantedFactor;
            this.factorInUse = state.routers().stream()
                    .mapToInt(RouterPod::replicationFactor)
                    .max()
                    .orElse(0);
            this.patience = patience;
        }

        void consider(Ring wanted) {
            var before = published.ring(wanted.name());
            var target = before.map(ring -> withoutLost(wanted, ring)).orElse(wanted);
            targets.add(target);
            var joining = target.members().stream()
                    .filter(member -> before.filter(ring -> ring.members().contains(member))
                            .isEmpty())
                    .toList();
            var missing = joining.stream().filter(member -> !isServing(member)).toList();
            var obstacle = obstacle(missing, target, before);
            obstacle.ifPresent(what -> awaited.put(wanted.name(), what));
            var next = obstacle.isPresent()
                    ? before.map(ring -> asBefore(target, ring))
                    : Optional.of(target.withZones(zones(target, before), mostCopies()));
            next.ifPresent(ring -> admitted.put(ring.name(), ring));
        }

        private Optional<String> obstacle(List<String> missing, Ring target, Optional<Ring> before) {
            if (!missing.isEmpty()) {
                return Optional.of("waits until %s ready".formatted(Sentences.are(missing, Address::pod)));
            }
            return isTooSmall(target, before)
                    ? Optional.of("waits until no router is left that replicates to %d members".formatted(factorInUse))
                    : Optional.empty();
        }

        /** They change with the members only: a copy of each series would move for another. */
        private Map<String, String> zones(Ring target, Optional<Ring> before) {
            if (before.filter(ring -> ring.members().equals(target.members())).isPresent()) {
                return before.get().zones();
            }
            var zones = new HashMap<String, String>();
            target.members().forEach(member -> Optional.ofNullable(pods.get(Address.pod(member)))
                    .flatMap(IngestorPod::zone)
                    .ifPresent(zone -> zones.put(member, zone)));
            return zones;
        }

        private Ring asBefore(Ring target, Ring before) {
            return target.withMembers(before.members()).withZones(before.zones(), mostCopies());
        }

        /** Routers that run would end if they were told of such a ring. */
        private boolean isTooSmall(Ring target, Optional<Ring> before) {
            return target.members().size() < factorInUse
                    && before.filter(ring ->
                                    ring.members().size() <= target.members().size())
                            .isEmpty();
        }

        private int mostCopies() {
            return Math.max(wantedFactor, factorInUse);
        }

        private boolean isServing(String member) {
            var pod = pods.get(Address.pod(member));
            return pod != null && pod.isServing();
        }

        /** Without the one member that has not been ready for too long, if the others suffice. */
        private Ring withoutLost(Ring wanted, Ring before) {
            if (wanted.members().size() <= Math.max(1, mostCopies())) {
                return wanted;
            }
            var lost = wanted.members().stream()
                    .filter(member -> isLost(pods.get(Address.pod(member))))
                    // One that is out stays out, so that no other goes for it.
                    .min(Comparator.comparing(
                                    (String member) -> before.members().contains(member))
                            .thenComparing(member ->
                                    pods.get(Address.pod(member)).since().orElseThrow())
                            .thenComparing(Function.identity()));
            lost.ifPresent(member -> excluded.put(wanted.name(), Address.pod(member)));
            return lost.map(member -> wanted.withMembers(wanted.members().stream()
                            .filter(other -> !other.equals(member))
                            .toList()))
                    .orElse(wanted);
        }

        private boolean isLost(IngestorPod pod) {
            return pod != null
                    && !pod.isReady()
                    && patience.isPresent()
                    && state.now().isPresent()
                    && pod.since()
                            .filter(since -> !since.plus(patience.get())
                                    .isAfter(state.now().get()))
                            .isPresent();
        }

        HashringFile file() {
            var rings = Stream.concat(
                            admitted.values().stream().map(this::withThoseThatWait),
                            published.rings().stream()
                                    .filter(ring -> !admitted.containsKey(ring.name()))
                                    .flatMap(ring -> rest(ring).stream()))
                    .sorted(ORDER)
                    .toList();
            return rings.isEmpty() ? published : new HashringFile(rings);
        }

        /** With the tenants that go to a ring that is not there yet. */
        private Ring withThoseThatWait(Ring next) {
            var before = published.ring(next.name()).orElse(next);
            var waiting = waiting(before, next.tenants());
            if (waiting.isEmpty()) {
                return next;
            }
            return before.isGlob() == next.isGlob() && !next.tenants().isEmpty()
                    ? next.withTenants(Stream.concat(next.tenants().stream(), waiting.stream())
                            .sorted()
                            .toList())
                    : before.withMembers(next.members());
        }

        /** What has to stay for now of a ring that is not wanted any more. */
        private Optional<Ring> rest(Ring ring) {
            if (ring.tenants().isEmpty()) {
                // Nobody knows whose tenants it has.
                return isWaiting() ? Optional.of(ring) : Optional.empty();
            }
            var waiting = waiting(ring, List.of());
            return waiting.isEmpty() ? Optional.empty() : Optional.of(ring.withTenants(waiting));
        }

        private List<String> waiting(Ring before, List<String> staying) {
            return before.tenants().stream()
                    .filter(tenant -> !staying.contains(tenant))
                    .filter(tenant -> destination(tenant, before.isGlob())
                            .filter(ring -> !admitted.containsKey(ring.name()))
                            .isPresent())
                    .toList();
        }

        /** The wanted ring that takes a tenant. For a pattern it is the ring that has the same one, or else the last. */
        private Optional<Ring> destination(String tenant, boolean isPattern) {
            return targets.stream()
                    .filter(ring -> ring.tenants().isEmpty()
                            || ring.isGlob() == isPattern && ring.tenants().contains(tenant)
                            || ring.isGlob() && !isPattern && matches(ring, tenant))
                    .findFirst();
        }

        private static boolean matches(Ring ring, String tenant) {
            var id = TenantPattern.of(tenant);
            return ring.tenants().stream()
                    .flatMap(pattern -> TenantPattern.of(pattern).stream())
                    .anyMatch(pattern ->
                            id.isPresent() && pattern.common(id.get()).isPresent());
        }

        private boolean isWaiting() {
            return targets.stream().anyMatch(ring -> !admitted.containsKey(ring.name()));
        }

        int possibleReplicationFactor() {
            var smallest = published.rings().stream()
                    .mapToInt(ring -> ring.members().size())
                    .min()
                    .orElse(wantedFactor);
            return smallest >= wantedFactor ? wantedFactor : factorInUse > 0 ? factorInUse : Math.max(1, smallest);
        }
    }
}
