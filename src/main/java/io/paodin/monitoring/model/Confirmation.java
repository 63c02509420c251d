package io.paodin.monitoring.model;

import io.paodin.monitoring.model.ReceiveState.Published;
import io.paodin.monitoring.model.ReceiveState.RouterPod;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Whether every router writes to the members of the published file and to no others. A router says which file it has read
 * last, but it does so before it uses it, and what it forwards at that moment takes some time to end; so it must still be
 * ready, and that time must have passed.
 */
final class Confirmation {

    /** After this time a router gives up to forward: {@code --receive-forward-timeout}. */
    private static final Duration FORWARDING = Duration.ofSeconds(5);

    /** After this time the router that another one replaces has ended. */
    private static final Duration REPLACEMENT = Duration.ofMinutes(1);

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
        return first(state, "being deleted", RouterPod::isStopping)
                .or(() -> silence(state, published.since().orElse(Instant.EPOCH), patience))
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
     * another file, but one that it has replaced may have written for a while.
     *
     * @return empty if nobody knows when the file was published
     */
    static Optional<Instant> since(ReceiveState state) {
        return state.published().flatMap(Published::since).flatMap(published -> state.now()
                .map(now -> state.routers().stream()
                        .flatMap(router -> router.createdAt().isAfter(published)
                                ? Stream.of(router.createdAt().plus(REPLACEMENT))
                                : router.age().map(age -> now.minus(age).plus(FORWARDING)).stream())
                        .reduce(published, Confirmation::later)));
    }

    /** Who has answered before may only be busy now. */
    private static Optional<String> silence(ReceiveState state, Instant published, Duration patience) {
        var heard = state.routers().stream()
                .map(RouterPod::answer)
                .flatMap(answer ->
                        answer instanceof RouterPod.Silent silent ? Stream.of(silent.since()) : Stream.empty())
                .max(Comparator.naturalOrder());
        var giveUp = heard.map(since -> later(since, published).plus(patience));
        return giveUp.filter(time -> state.now().filter(time::isAfter).isPresent())
                .flatMap(time -> first(state, "not answering, which is waited for until " + time, RouterPod::isSilent));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    private static Optional<String> first(ReceiveState state, String what, Predicate<RouterPod> condition) {
        var routers = state.routers().stream().filter(condition).toList();
        return routers.isEmpty() ? Optional.empty() : Optional.of(pods(routers) + " " + what);
    }

    private static String pods(List<RouterPod> routers) {
        return (routers.size() == 1 ? "router pod " : "router pods ") + Sentences.are(routers, RouterPod::name);
    }
}
