package io.paodin.monitoring.install;

import java.util.Locale;

/** A definition that takes anything, for a kind of which only the name counts. */
record StubDefinition(String group, String version, String kind, String scope) {

    String name() {
        return plural() + "." + group;
    }

    String yaml() {
        return """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: %s}
                spec:
                  group: %s
                  scope: %s
                  names: {kind: %s, plural: %s, singular: %s}
                  versions:
                  - name: %s
                    served: true
                    storage: true
                    schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
                """.formatted(name(), group, scope, kind, plural(), singular(), version);
    }

    private String singular() {
        return kind.toLowerCase(Locale.ROOT);
    }

    private String plural() {
        return singular() + "s";
    }
}
