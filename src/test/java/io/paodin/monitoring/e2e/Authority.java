package io.paodin.monitoring.e2e;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Signs certificates, by openssl, one at a time. */
final class Authority {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Path directory;
    private final String certificate;
    private int issued;

    /** A key and its certificate, both in PEM form. */
    record Issued(String certificate, String key) {

        /** As Envoy writes it. */
        String serial() {
            try {
                var factory = CertificateFactory.getInstance("X.509");
                var bytes = certificate.getBytes(StandardCharsets.US_ASCII);
                var parsed = (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(bytes));
                return parsed.getSerialNumber().toString(16);
            } catch (CertificateException e) {
                throw new AssertionError(e);
            }
        }
    }

    private Authority(Path directory, String name) {
        this.directory = directory;
        run("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ca.key");
        run("openssl req -x509 -new -key ca.key -days 2 -subj /CN=" + name + " -out ca.crt");
        write("index", "");
        write(
                "serial",
                HexFormat.of()
                                .formatHex(UUID.randomUUID()
                                        .toString()
                                        .substring(0, 7)
                                        .getBytes(StandardCharsets.US_ASCII))
                        + "\n");
        write("ca.cnf", """
                [ca]
                default_ca = d
                [d]
                database = index
                serial = serial
                new_certs_dir = .
                default_md = sha256
                policy = p
                unique_subject = no
                copy_extensions = copy
                [p]
                commonName = supplied
                """);
        certificate = read("ca.crt");
    }

    static Authority of(String name) {
        try {
            return new Authority(Files.createTempDirectory("authority-"), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String certificate() {
        return certificate;
    }

    /** Valid from yesterday until tomorrow. */
    Issued issue(String commonName, String... dnsNames) {
        var now = Instant.now();
        return issue(now.minus(1, ChronoUnit.DAYS), now.plus(1, ChronoUnit.DAYS), commonName, dnsNames);
    }

    synchronized Issued issue(Instant from, Instant to, String commonName, String... dnsNames) {
        var name = "issued-" + issued++;
        var names = Arrays.stream(dnsNames).map(dns -> "DNS:" + dns).collect(Collectors.joining(","));
        run("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out %s.key".formatted(name));
        run("openssl req -new -key %s.key -subj /CN=%s -out %s.csr".formatted(name, commonName, name)
                + (names.isEmpty() ? "" : " -addext subjectAltName=" + names));
        run(
                "openssl ca -batch -notext -config ca.cnf -cert ca.crt -keyfile ca.key -startdate %s -enddate %s -in %s.csr -out %s.crt"
                        .formatted(TIME.format(from), TIME.format(to), name, name));
        return new Issued(read(name + ".crt"), read(name + ".key"));
    }

    private void run(String command) {
        try {
            var process = new ProcessBuilder(List.of(command.split(" ")))
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            var said = new String(process.getInputStream().readAllBytes());
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new AssertionError(command + ": " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String read(String file) {
        try {
            return Files.readString(directory.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String file, String text) {
        try {
            Files.writeString(directory.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
