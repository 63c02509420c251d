package io.paodin.monitoring.model;

import io.paodin.monitoring.api.v1alpha1.QueryStore;
import io.paodin.monitoring.api.v1alpha1.SecretKey;
import io.paodin.monitoring.api.v1alpha1.SecretOrConfigMap;
import io.paodin.monitoring.api.v1alpha1.StoreConnection;
import io.paodin.monitoring.model.Certificates.Validity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * How a query gets at a secured store: what Envoy is told of it, and what is wrong. What is wrong with one store concerns
 * no other.
 *
 * @param published empty if there is nothing to reach it with: then it is left out
 * @param trouble what keeps it from being reached, as far as the certificates and credentials tell
 * @param connections what became of the connections, by address
 * @param remarks what a person should know of a store that is reached
 */
public record StoreAccess(
        Optional<SecuredStore> published,
        Optional<Holdup> trouble,
        Map<String, StoreConnection> connections,
        List<String> remarks) {

    static final String UNVERIFIED = "tlsConfig.insecureSkipVerify: whoever answers is taken for the store";

    /** The spec is valid. */
    static StoreAccess of(QueryStore spec, String name, StoreInputs inputs) {
        var reading = new Reading(spec, inputs);
        var read = reading.read();
        var id = SecuredStore.id(name);
        if (Boolean.TRUE.equals(spec.tlsConfig == null ? null : spec.tlsConfig.insecureSkipVerify)) {
            reading.remarks.add(UNVERIFIED);
        }
        var published = read.map(material -> SecuredStore.of(spec, id, material))
                .or(() -> before(spec, id, inputs).filter(store -> reading.isComplete(store.material())));
        var connections = published.map(store -> connections(store, inputs)).orElse(Map.of());
        return new StoreAccess(
                published,
                both(reading.trouble(read.isEmpty(), published.isPresent()), StoreTroubles.of(connections)),
                connections,
                List.copyOf(reading.remarks));
    }

    /**
     * A published store with what there is now of that with which it was reached; empty if that is not all there, or meant
     * for others.
     *
     * @param spec what has become of it, which need not be valid
     */
    static Optional<SecuredStore> renewed(QueryStore spec, SecuredStore store, StoreInputs inputs) {
        var reading = new Reading(spec, inputs);
        return reading.isComplete(store.material())
                        && spec.addresses != null
                        && store.isWithin(SecuredStore.of(spec, store.id(), store.material()))
                ? reading.read().map(store::with)
                : Optional.empty();
    }

    /** With what was published, and only where that has been sent before. */
    private static Optional<SecuredStore> before(QueryStore spec, String id, StoreInputs inputs) {
        return inputs.published().store(id).flatMap(store -> SecuredStore.of(spec, id, store.material())
                .within(store));
    }

    private static Map<String, StoreConnection> connections(SecuredStore store, StoreInputs inputs) {
        var connections = new LinkedHashMap<String, StoreConnection>();
        store.addresses()
                .forEach(address -> Optional.ofNullable(inputs.connections().get(address.id()))
                        .ifPresent(connection -> connections.put(address.text(), connection)));
        return connections;
    }

    private static Optional<Holdup> both(Optional<Holdup> material, Optional<String> connections) {
        return connections
                .map(message -> new Holdup(
                        Reason.StoreUnusable,
                        material.map(m -> m.message() + "; " + message).orElse(message)))
                .or(() -> material);
    }

    /** All that the stores refer to and that can be looked up. */
    static Set<MaterialRef> references(List<QueryStore> stores) {
        var references = new LinkedHashSet<MaterialRef>();
        stores.stream()
                .filter(store -> store != null && SecuredStore.isAskedFor(store))
                .forEach(store -> references.addAll(Reading.references(store)));
        references.removeIf(reference -> !reference.isWellFormed());
        return references;
    }

    StoreAccess withPorts(Map<String, Integer> ports) {
        return new StoreAccess(published.map(store -> store.withPorts(ports)), trouble, connections, remarks);
    }

    StoreAccess without(String why) {
        return new StoreAccess(Optional.empty(), Optional.of(new Holdup(Reason.StoreUnusable, why)), Map.of(), remarks);
    }

    /** All that is to be said, empty if nothing is. */
    public String message() {
        var all = new ArrayList<String>();
        trouble.map(Holdup::message).ifPresent(all::add);
        all.addAll(remarks);
        return String.join("; ", all);
    }

    /** Looks at what one store refers to. */
    private static final class Reading {

        private final StoreInputs inputs;
        private final Optional<MaterialRef> authorities;
        private final Optional<MaterialRef> certificate;
        private final Optional<MaterialRef> key;
        private final Optional<MaterialRef> token;
        private final Optional<MaterialRef> user;
        private final Optional<MaterialRef> password;

        private final List<String> problems = new ArrayList<>();
        private final List<String> remarks = new ArrayList<>();
        private Optional<String> expiry = Optional.empty();
        private boolean isPassing = true;

        Reading(QueryStore spec, StoreInputs inputs) {
            this.inputs = inputs;
            var tls = Optional.ofNullable(spec.tlsConfig);
            this.authorities = Optional.ofNullable(spec.caSecret)
                    .map(MaterialRef::of)
                    .or(() -> tls.map(t -> t.ca).flatMap(Reading::reference));
            this.certificate = tls.map(t -> t.cert).flatMap(Reading::reference);
            this.key = reference(tls.map(t -> t.keySecret));
            this.token = reference(Optional.ofNullable(spec.authorization).map(a -> a.credentials));
            this.user = reference(Optional.ofNullable(spec.basicAuth).map(b -> b.username));
            this.password = reference(Optional.ofNullable(spec.basicAuth).map(b -> b.password));
        }

        static List<MaterialRef> references(QueryStore spec) {
            var reading = new Reading(spec, StoreInputs.NONE);
            return List.of(
                            reading.authorities,
                            reading.certificate,
                            reading.key,
                            reading.token,
                            reading.user,
                            reading.password)
                    .stream()
                    .flatMap(Optional::stream)
                    .toList();
        }

        private static Optional<MaterialRef> reference(Optional<SecretKey> key) {
            return key.map(MaterialRef::of);
        }

        private static Optional<MaterialRef> reference(SecretOrConfigMap one) {
            return one.secret != null
                    ? Optional.of(MaterialRef.of(one.secret))
                    : Optional.ofNullable(one.configMap).map(MaterialRef::of);
        }

        /** Empty if something is missing or cannot be used. */
        Optional<StoreMaterial> read() {
            var material = new StoreMaterial(text(authorities), text(certificate), text(key), credential());
            if (problems.isEmpty()) {
                authorities.filter(this::isLookedAt).ifPresent(ref -> judgeAuthorities(ref, material.authorities()));
                certificate
                        .filter(this::isLookedAt)
                        .ifPresent(ref -> judgeClient(ref, material.certificate(), material.key()));
            }
            return problems.isEmpty() ? Optional.of(material) : Optional.empty();
        }

        /** Whether what was published before is all that is asked for now. */
        boolean isComplete(StoreMaterial before) {
            return authorities.isPresent() == (before.authorities() != null)
                    && certificate.isPresent() == (before.certificate() != null)
                    && key.isPresent() == (before.key() != null)
                    && (token.isPresent() || user.isPresent()) == (before.credential() != null);
        }

        Optional<Holdup> trouble(boolean isUnusable, boolean isPublished) {
            if (!isUnusable) {
                return expiry.map(message -> new Holdup(Reason.StoreUnusable, message));
            }
            var end = isPublished ? "; until then what was read before is used" : "; until then the store is left out";
            return Optional.of(new Holdup(
                    isPassing ? Reason.UnreadableSecret : Reason.StoreUnusable, String.join("; ", problems) + end));
        }

        private boolean isLookedAt(MaterialRef reference) {
            return inputs.material().containsKey(reference);
        }

        /** @return null if there is none, or none that can be used */
        private String text(Optional<MaterialRef> reference) {
            return reference.map(this::content).orElse(null);
        }

        private String content(MaterialRef reference) {
            var value = inputs.material().get(reference);
            if (value instanceof SecretValue.Found found) {
                return found.content();
            }
            if (value instanceof SecretValue.Missing missing) {
                problem(reference.object() + " " + missing.remedy());
                return null;
            }
            if (value instanceof SecretValue.Unreadable unreadable) {
                problems.add(
                        "%s cannot be read: %s; it is tried again".formatted(reference.object(), unreadable.message()));
                return null;
            }
            return "(" + reference + ")";
        }

        private void problem(String message) {
            problems.add(message);
            isPassing = false;
        }

        private String credential() {
            if (token.isPresent()) {
                return header(token.get(), text(token), String::strip);
            }
            if (user.isEmpty() || password.isEmpty()) {
                return null;
            }
            var name = header(user.get(), text(user), Reading::withoutLineBreak);
            var secret = header(password.get(), text(password), Reading::withoutLineBreak);
            if (name == null || secret == null) {
                return null;
            }
            if (!isLookedAt(user.get()) || !isLookedAt(password.get())) {
                return name + secret;
            }
            if (name.contains(":")) {
                problem(user.get() + ": has a colon, which no user name can have: correct it");
                return null;
            }
            return Base64.getEncoder().encodeToString((name + ":" + secret).getBytes(StandardCharsets.UTF_8));
        }

        private String header(MaterialRef reference, String given, UnaryOperator<String> trimmed) {
            if (given == null || !isLookedAt(reference)) {
                return given;
            }
            var text = trimmed.apply(given);
            if (text.isEmpty()) {
                problem(reference + ": is empty: write it");
                return null;
            }
            if (text.chars().anyMatch(Character::isISOControl)) {
                problem(reference + ": has a line break or another control character in it: write it in one line");
                return null;
            }
            return text;
        }

        private static String withoutLineBreak(String text) {
            return text.replaceFirst("[\r\n]+$", "");
        }

        private void judgeAuthorities(MaterialRef reference, String pem) {
            try {
                var certificates = Certificates.read(pem);
                inputs.now()
                        .ifPresent(now ->
                                tell(reference, "the authority's certificate", certificates.validityOfBest(now)));
            } catch (Pem.UnusableException e) {
                problem(reference + ": " + e.getMessage());
            }
        }

        private void judgeClient(MaterialRef reference, String pem, String keyPem) {
            try {
                var certificates = Certificates.read(pem);
                certificates.problemAsClient().ifPresent(why -> problem(reference + ": " + why));
                if (problems.isEmpty()) {
                    key.filter(this::isLookedAt)
                            .flatMap(ref -> PrivateKeys.problem(keyPem, certificates.publicKey())
                                    .map(why -> ref + ": " + why))
                            .ifPresent(this::problem);
                }
                inputs.now()
                        .ifPresent(now -> tell(reference, "the client certificate", certificates.validityOfFirst(now)));
            } catch (Pem.UnusableException e) {
                problem(reference + ": " + e.getMessage());
            }
        }

        private void tell(MaterialRef reference, String what, Validity validity) {
            switch (validity.state()) {
                case VALID -> {}
                case ENDS_SOON ->
                    remarks.add("%s in %s ends on %s: renew it".formatted(what, reference, validity.date()));
                case ENDED -> expired("%s in %s has ended on %s: renew it".formatted(what, reference, validity.date()));
                case NOT_YET ->
                    expired("%s in %s begins only on %s: issue one that is valid now"
                            .formatted(what, reference, validity.date()));
            }
        }

        private void expired(String message) {
            expiry = Optional.of(expiry.map(before -> before + "; " + message).orElse(message));
        }
    }
}
