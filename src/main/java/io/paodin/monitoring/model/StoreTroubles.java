package io.paodin.monitoring.model;

import io.paodin.monitoring.api.v1alpha1.StoreConnection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is to be said of connections that do not come about, and what to do. */
final class StoreTroubles {

    /** More addresses would say no more to a person. */
    private static final int MOST = 3;

    private StoreTroubles() {}

    /** @param connections by address */
    static Optional<String> of(Map<String, StoreConnection> connections) {
        var addresses = new LinkedHashMap<String, List<String>>();
        connections.forEach((address, connection) -> remedy(connection).ifPresent(remedy -> addresses
                .computeIfAbsent(remedy, r -> new ArrayList<>())
                .add(address)));
        return addresses.isEmpty()
                ? Optional.empty()
                : Optional.of(addresses.entrySet().stream()
                        .map(trouble -> shown(trouble.getValue()) + ": " + trouble.getKey())
                        .collect(Collectors.joining("; ")));
    }

    private static String shown(List<String> addresses) {
        var shown = addresses.stream().limit(MOST).collect(Collectors.joining(", "));
        return addresses.size() <= MOST ? shown : shown + " and %d more".formatted(addresses.size() - MOST);
    }

    private static Optional<String> remedy(StoreConnection connection) {
        return switch (connection) {
            case Established, UNKNOWN -> Optional.empty();
            case WrongName ->
                Optional.of("its certificate is for another name: set tlsConfig.serverName or subjectAltNames to a name"
                        + " that it has, or issue another");
            case Untrusted ->
                Optional.of("its certificate is not of the authorities that are trusted, or has ended: correct the"
                        + " authorities, or renew it there");
            case Refused ->
                Optional.of("it ends the connection: give it the client certificate that it asks for, and see that it"
                        + " speaks TLS at that port");
            case Denied ->
                Optional.of(
                        "it does not accept the credential: correct authorization or basicAuth, or what they refer to");
            case Unreachable ->
                Optional.of("nobody answers: correct the address, or see to the server and to what is between");
        };
    }
}
