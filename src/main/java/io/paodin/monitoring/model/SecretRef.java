package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Defaults.orElse;

import io.paodin.monitoring.api.v1alpha1.SecretKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** One key of a Secret in the resource's namespace. */
public record SecretRef(String name, String key) {

    static SecretRef of(SecretKey key) {
        return new SecretRef(orElse(key.name, ""), orElse(key.key, ""));
    }

    /** Whether both can be names at all, so that it is worth asking for them. */
    boolean isWellFormed() {
        return Form.SECRET_NAME.matches(name) && Form.SECRET_KEY.matches(key);
    }

    /** What a pod template says of the content that its pods were started with: where it is from, and a hash. */
    String version(String content) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "%s/%s@%s"
                    .formatted(name, key, HexFormat.of().formatHex(digest).substring(0, 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
