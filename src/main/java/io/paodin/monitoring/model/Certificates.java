package io.paodin.monitoring.model;

import java.io.ByteArrayInputStream;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Certificates in PEM form, judged as Envoy would: it refuses a cluster as a whole if one of them is damaged. Nothing that
 * is said about them repeats a part of the text.
 */
final class Certificates {

    private static final int SHORTEST_RSA_KEY = 2048;
    private static final Set<Integer> SIZES_OF_CURVES = Set.of(256, 384, 521);

    /** What is renewed in time has more than this part of its life left, and so many days. */
    private static final int PART_OF_LIFE = 5;

    private static final Duration SOON = Duration.ofDays(14);

    private final List<X509Certificate> all;

    private Certificates(List<X509Certificate> all) {
        this.all = all;
    }

    /** At least one. */
    static Certificates read(String pem) throws Pem.UnusableException {
        var all = new ArrayList<X509Certificate>();
        for (var block : Pem.blocks(pem)) {
            if (block.label().equals("CERTIFICATE")) {
                all.add(parse(block, all.size() + 1));
            }
        }
        if (all.isEmpty()) {
            throw new Pem.UnusableException("holds no certificate: it must have a block BEGIN CERTIFICATE (PEM)");
        }
        return new Certificates(all);
    }

    private static X509Certificate parse(Pem.Block block, int number) throws Pem.UnusableException {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(block.content()));
        } catch (CertificateException e) {
            throw new Pem.UnusableException("certificate %d is damaged: replace it".formatted(number));
        }
    }

    /** The key of the first one, which is the one that is shown to others. */
    PublicKey publicKey() {
        return all.get(0).getPublicKey();
    }

    /** Why Envoy cannot show the first one to a server. */
    Optional<String> problemAsClient() {
        var key = publicKey();
        if (key instanceof RSAPublicKey rsa) {
            return rsa.getModulus().bitLength() < SHORTEST_RSA_KEY
                    ? Optional.of("has an RSA key of fewer than 2048 bits, which Envoy refuses: issue a longer one")
                    : Optional.empty();
        }
        return key instanceof ECPublicKey ec
                        && SIZES_OF_CURVES.contains(
                                ec.getParams().getCurve().getField().getFieldSize())
                ? Optional.empty()
                : Optional.of("has a key that Envoy cannot use: issue one with RSA, or ECDSA on P-256, P-384 or P-521");
    }

    /** What time says about the one that is shown. */
    Validity validityOfFirst(Instant now) {
        return Validity.of(all.get(0), now);
    }

    /** What time says about authorities: the best one counts, since old ones and coming ones stand beside it. */
    Validity validityOfBest(Instant now) {
        var dates = new TreeMap<Validity.State, TreeSet<Instant>>();
        for (var certificate : all) {
            var one = Validity.of(certificate, now);
            dates.computeIfAbsent(one.state(), state -> new TreeSet<>()).add(one.date());
        }
        var best = dates.firstEntry();
        return new Validity(
                best.getKey(),
                best.getKey() == Validity.State.NOT_YET
                        ? best.getValue().first()
                        : best.getValue().last());
    }

    /** @param date when it ends, or, before it, begins */
    record Validity(State state, Instant date) {

        /** The best one first. */
        enum State {
            VALID,
            ENDS_SOON,
            NOT_YET,
            ENDED
        }

        private static Validity of(X509Certificate certificate, Instant now) {
            var begins = certificate.getNotBefore().toInstant();
            var ends = certificate.getNotAfter().toInstant();
            if (now.isBefore(begins)) {
                return new Validity(State.NOT_YET, begins);
            }
            if (now.isAfter(ends)) {
                return new Validity(State.ENDED, ends);
            }
            var part = Duration.between(begins, ends).dividedBy(PART_OF_LIFE);
            var soon = part.compareTo(SOON) < 0 ? part : SOON;
            return new Validity(now.isAfter(ends.minus(soon)) ? State.ENDS_SOON : State.VALID, ends);
        }
    }
}
