package io.paodin.monitoring.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority of a test, made with the {@code keytool} of the JDK, in one store with all that it issues. */
record Certificates(Path store) {

    private static final String AUTHORITY = "authority";
    private static final String PASSWORD = "changeit";

    static Certificates create(Path directory) {
        var certificates = new Certificates(directory.resolve("certificates.p12"));
        certificates.keytool(
                "-genkeypair", "-alias", AUTHORITY, "-dname", "CN=authority", "-keyalg", "EC", "-ext", "bc:c");
        return certificates;
    }

    /**
     * Issues a certificate with a new key; another one of that name is forgotten.
     *
     * @param subject such as {@code CN=a}
     * @param names such as {@code DNS:localhost}
     */
    Certificates issue(String name, String subject, String names) {
        if (keyStoreHas(name)) {
            keytool("-delete", "-alias", name);
        }
        keytool("-genkeypair", "-alias", name, "-dname", subject, "-keyalg", "EC");
        var request = store.resolveSibling(name + ".csr").toString();
        var certificate = store.resolveSibling(name + ".crt").toString();
        keytool("-certreq", "-alias", name, "-file", request);
        keytool(
                "-gencert",
                "-alias",
                AUTHORITY,
                "-infile",
                request,
                "-outfile",
                certificate,
                "-rfc",
                "-ext",
                "san=" + names);
        keytool("-importcert", "-alias", name, "-file", certificate, "-noprompt");
        return this;
    }

    private boolean keyStoreHas(String name) {
        try {
            return load().containsAlias(name);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The certificate in PEM, of what was issued under the name or of the authority. */
    String certificate(String name) {
        try {
            return pem("CERTIFICATE", load().getCertificate(name).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String authority() {
        return certificate(AUTHORITY);
    }

    /** The private key in PEM. */
    String key(String name) {
        try {
            return pem(
                    "PRIVATE KEY", load().getKey(name, PASSWORD.toCharArray()).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * What a client needs that trusts the authority.
     *
     * @param name of the certificate that it shows; null for none
     */
    SSLContext client(String name) {
        try {
            var trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(AUTHORITY, load().getCertificate(AUTHORITY));
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            var own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            if (name != null) {
                own.setKeyEntry(
                        name,
                        load().getKey(name, PASSWORD.toCharArray()),
                        PASSWORD.toCharArray(),
                        load().getCertificateChain(name));
            }
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, PASSWORD.toCharArray());
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private KeyStore load() {
        try (var in = Files.newInputStream(store)) {
            var keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            return keys;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pem(String type, byte[] content) {
        var lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(type, lines);
    }

    private void keytool(String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(command + ": " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
