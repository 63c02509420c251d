package io.paodin.monitoring.model;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Optional;

/** Whether a private key (PEM) is that of a certificate: Envoy refuses a cluster with another one. */
final class PrivateKeys {

    private static final byte[] PROBE = "which key".getBytes(StandardCharsets.US_ASCII);
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;

    /** Version 0 of PKCS #8. */
    private static final byte[] VERSION = {0x02, 0x01, 0x00};

    private PrivateKeys() {}

    /** What is wrong with the key, to stand behind the name of where it is; it repeats nothing of it. */
    static Optional<String> problem(String pem, PublicKey certified) {
        try {
            var blocks = Pem.blocks(pem).stream()
                    .filter(block -> block.label().endsWith("PRIVATE KEY"))
                    .toList();
            if (blocks.isEmpty()) {
                return Optional.of("holds no private key: it must have a block BEGIN PRIVATE KEY (PEM)");
            }
            if (blocks.get(0).label().startsWith("ENCRYPTED")) {
                return Optional.of("is encrypted: store it without a password");
            }
            return isOf(certified, key(blocks.get(0), certified))
                    ? Optional.empty()
                    : Optional.of("is not the key of the certificate: give the one that it was issued for");
        } catch (Pem.UnusableException e) {
            return Optional.of(e.getMessage());
        } catch (GeneralSecurityException | RuntimeException e) {
            // Also what a damaged encoding makes the parsers throw.
            return Optional.of(
                    "is damaged, or is not of the kind of the certificate: give the key that it was issued for");
        }
    }

    private static PrivateKey key(Pem.Block block, PublicKey certified) throws GeneralSecurityException {
        var encoded = block.label().equals("PRIVATE KEY")
                ? block.content()
                // The older forms, of openssl, lack the name of the algorithm.
                : der(SEQUENCE, VERSION, algorithm(certified), der(OCTET_STRING, block.content()));
        return KeyFactory.getInstance(certified.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }

    private static boolean isOf(PublicKey certified, PrivateKey key) throws GeneralSecurityException {
        if (certified instanceof RSAPublicKey one && key instanceof RSAPrivateKey other) {
            BigInteger modulus = one.getModulus();
            return modulus.equals(other.getModulus());
        }
        var signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(key);
        signer.update(PROBE);
        var signature = signer.sign();
        signer.initVerify(certified);
        signer.update(PROBE);
        return signer.verify(signature);
    }

    /** The first field of a public key in its encoded form. */
    private static byte[] algorithm(PublicKey key) {
        var encoded = ByteBuffer.wrap(key.getEncoded());
        header(encoded);
        int start = encoded.position();
        int length = header(encoded);
        var algorithm = new byte[encoded.position() - start + length];
        encoded.position(start).get(algorithm);
        return algorithm;
    }

    /** Reads a tag and its length. */
    private static int header(ByteBuffer der) {
        der.get();
        int first = der.get() & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7f); i++) {
            length = length << 8 | der.get() & 0xff;
        }
        return length;
    }

    private static byte[] der(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (var part : parts) {
            content.writeBytes(part);
        }
        var der = new ByteArrayOutputStream();
        der.write(tag);
        if (content.size() < 0x80) {
            der.write(content.size());
        } else {
            var length = BigInteger.valueOf(content.size()).toByteArray();
            int skipped = length[0] == 0 ? 1 : 0;
            der.write(0x80 | length.length - skipped);
            der.write(length, skipped, length.length - skipped);
        }
        der.writeBytes(content.toByteArray());
        return der.toByteArray();
    }
}
