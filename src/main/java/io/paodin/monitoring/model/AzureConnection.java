package io.paodin.monitoring.model;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a connection string of Azure says about where a storage account is. */
record AzureConnection(String serviceUrl) {

    /** Empty if the client would refuse the text. */
    static Optional<AzureConnection> of(String text) {
        Map<String, String> parts = new HashMap<>();
        for (var part : text.split(";")) {
            var equals = part.indexOf('=');
            if (equals < 0) {
                return Optional.empty();
            }
            parts.put(part.substring(0, equals), part.substring(equals + 1));
        }
        var account = parts.get("AccountName");
        // A key comes before a signature, whatever it is worth.
        var hasCredentials = account != null && parts.containsKey("AccountKey")
                ? StorageKey.isBase64(parts.get("AccountKey"))
                : parts.containsKey("SharedAccessSignature");
        if (parts.containsKey("BlobEndpoint") && hasCredentials) {
            return Optional.of(new AzureConnection(parts.get("BlobEndpoint")));
        }
        return account == null || !hasCredentials
                ? Optional.empty()
                : Optional.of(new AzureConnection(
                        account + ".blob." + parts.getOrDefault("EndpointSuffix", "core.windows.net")));
    }
}
