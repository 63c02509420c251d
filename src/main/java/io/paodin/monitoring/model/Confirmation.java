package io.paodin.monitoring.model;

import io.paodin.monitoring.model.ReceiveState.Published;
import io.paodin.monitoring.model.ReceiveState.RouterPod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whether every router writes to the members of the published file and to no others. A router says which file it has read
 * last, but it does so before it uses it, and what it forwards at that moment takes some time to end; so it must still be
 * ready, and that time must have passed.
 */
final class Confirmation {

    /** After this time a router gives up to forward: {@code --receive-forward-timeout}. */
    private static final Duration FORWARDING = Duration.ofSeconds(5);

    private static final Duration SETTLING = FORWARDING.multipliedBy(2);

    private Confirmation() {}

    /**
     * @param patience how long after a change a router is waited for that does not answer
     * @return what is still waited for; empty if all routers have confirmed
     */
    static Optional<String> missing(ReceiveState state, Duration patience) {
        if (state.published().isEmpty()) {
            return state.routers().isEmpty()
                    ? Optional.empty()
                    : Optional.of("%s still there".formatted(pods(state.routers())));
        }
        var published = state.published().get();
        var hash = HashringFile.hash(published.content());
        var giveUp = published.since().map(since -> since.plus(patience));
        return first(state, "being deleted", RouterPod::isStopping)
                .or(() -> first(
                        state,
                        "not answering, which is waited for until "
                                + giveUp.map(Instant::toString).orElse("it does"),
                        router -> router.isSilent() && !isOver(giveUp, state)))
                .or(() -> first(
                        state, "still using former hashrings", router -> !router.isSilent() && !router.hasRead(hash)))
                .or(() -> first(state, "not ready", router -> !router.isSilent() && !router.isReady()))
                .or(() -> first(
                        state,
                        "ending what was under way",
                        router -> !router.isSilent() && !router.hasSettled(SETTLING)));
    }

    /**
     * Since when no router writes to anybody else, given that nothing is missing. A router that came later has never read
     * another file.
     *
     * @return empty if nobody knows when the file was published
     */
    static Optional<Instant> since(ReceiveState state) {
        return state.published().flatMap(Published::since).flatMap(published -> state.now()
                .map(now -> state.routers().stream()
                        .filter(router -> router.createdAt().isBefore(published))
                        .flatMap(router -> router.age().stream())
                        .map(age -> now.minus(age).plus(FORWARDING))
                        .reduce(published, (one, other) -> one.isBefore(other) ? other : one)));
    }

    private static boolean isOver(Optional<Instant> time, ReceiveState state) {
        return time.isPresent()
                && state.now().filter(now -> !now.isBefore(time.get())).isPresent();
    }

    private static Optional<String> first(ReceiveState state, String what, Predicate<RouterPod> condition) {
        var routers = state.routers().stream().filter(condition).toList();
        return routers.isEmpty() ? Optional.empty() : Optional.of(pods(routers) + " " + what);
    }

    private static String pods(List<RouterPod> routers) {
        return (routers.size() == 1 ? "router pod " : "router pods ") + Sentences.are(routers, RouterPod::name);
    }
}
