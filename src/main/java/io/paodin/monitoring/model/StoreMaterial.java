package io.paodin.monitoring.model;

/**
 * What a store is reached with. Each is null where the resource asks for none.
 *
 * @param authorities certificates (PEM)
 * @param certificate the client's, with those between it and its authority (PEM)
 * @param key the private key of the certificate (PEM)
 * @param credential what stands behind the scheme in the header Authorization
 */
public record StoreMaterial(String authorities, String certificate, String key, String credential) {

    static final StoreMaterial NONE = new StoreMaterial(null, null, null, null);

    /** Of an invalid resource there may be half of it. */
    public boolean hasClient() {
        return certificate != null && key != null;
    }

    /** Without what nobody may see. */
    StoreMaterial redacted(String placeholder) {
        return new StoreMaterial(
                authorities, certificate, key == null ? null : placeholder, credential == null ? null : placeholder);
    }

    int length() {
        return length(authorities) + length(certificate) + length(key);
    }

    private static int length(String text) {
        return text == null ? 0 : text.length();
    }

    @Override
    public String toString() {
        return "StoreMaterial[…]";
    }
}
