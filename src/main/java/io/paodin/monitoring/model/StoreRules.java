package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Defaults.orEmpty;

import io.paodin.monitoring.api.v1alpha1.Authorization;
import io.paodin.monitoring.api.v1alpha1.BasicAuth;
import io.paodin.monitoring.api.v1alpha1.ConfigMapKey;
import io.paodin.monitoring.api.v1alpha1.QueryStore;
import io.paodin.monitoring.api.v1alpha1.SecretKey;
import io.paodin.monitoring.api.v1alpha1.SecretOrConfigMap;
import io.paodin.monitoring.api.v1alpha1.TlsConfig;
import io.paodin.monitoring.api.v1alpha1.TlsVersion;

/** What the fields of a store by which it is secured demand of one another. */
final class StoreRules {

    private final Findings findings;

    private StoreRules(Findings findings) {
        this.findings = findings;
    }

    static void check(QueryStore store, String at, Findings findings) {
        new StoreRules(findings).check(store, at);
    }

    private void check(QueryStore store, String at) {
        var isSecured = SecuredStore.isAskedFor(store);
        addresses(store, at, isSecured);
        if (store.caSecret != null) {
            findings.unlessSecretKey(at + ".caSecret", store.caSecret);
        }
        if (store.tlsConfig != null) {
            tls(at + ".tlsConfig", store.tlsConfig);
            if (store.caSecret != null && (store.tlsConfig.ca != null || isUnverified(store.tlsConfig))) {
                findings.add(
                        at + ".caSecret",
                        "is short for tlsConfig.ca.secret: remove it, or tlsConfig.ca and insecureSkipVerify");
            }
        }
        credentials(store, at, isSecured);
    }

    private void addresses(QueryStore store, String at, boolean isSecured) {
        var addresses = orEmpty(store.addresses);
        for (int k = 0; k < addresses.size(); k++) {
            var address = addresses.get(k);
            if (address == null || !address.contains("+")) {
                continue;
            }
            if (isSecured) {
                findings.add(
                        at + ".addresses[" + k + "]",
                        "has a DNS prefix, which would mix distinct servers behind one port of the proxy: give plain "
                                + "host:port addresses, and make one entry for each distinct server");
            } else if (Boolean.TRUE.equals(store.strict)) {
                findings.add(
                        at + ".addresses[" + k + "]",
                        "has a DNS prefix, which Thanos refuses for a strict store: give host:port, or remove strict");
            }
        }
    }

    private void tls(String at, TlsConfig tls) {
        if (tls.ca != null) {
            one(at + ".ca", tls.ca);
        }
        if (tls.cert != null) {
            one(at + ".cert", tls.cert);
        }
        if (tls.keySecret != null) {
            findings.unlessSecretKey(at + ".keySecret", tls.keySecret);
        }
        if ((tls.cert == null) != (tls.keySecret == null)) {
            findings.add(
                    at + (tls.cert == null ? ".cert" : ".keySecret"),
                    "is missing: a client certificate has a key; set both cert and keySecret, or neither");
        }
        if (isUnverified(tls) && (tls.ca != null || tls.subjectAltNames != null)) {
            findings.add(at + ".insecureSkipVerify", "verifies nothing: remove it, or ca and subjectAltNames");
        }
        findings.unlessMatches(at + ".serverName", tls.serverName, Form.HOST);
        var names = orEmpty(tls.subjectAltNames);
        findings.unlessFilled(at + ".subjectAltNames", names);
        for (int i = 0; i < names.size(); i++) {
            findings.unlessMatches(at + ".subjectAltNames[" + i + "]", names.get(i), Form.SUBJECT_ALT_NAME);
        }
        findings.unlessKnown(at + ".minVersion", tls.minVersion, TlsVersion.UNKNOWN);
        findings.unlessKnown(at + ".maxVersion", tls.maxVersion, TlsVersion.UNKNOWN);
        if (tls.minVersion == TlsVersion.TLS13 && tls.maxVersion == TlsVersion.TLS12) {
            findings.add(at + ".minVersion", "is newer than maxVersion: set an older one");
        }
    }

    private void credentials(QueryStore store, String at, boolean isSecured) {
        if (store.authorization != null) {
            authorization(at + ".authorization", store.authorization);
        }
        if (store.basicAuth != null) {
            basic(at + ".basicAuth", store.basicAuth);
        }
        if (store.authorization != null && store.basicAuth != null) {
            findings.add(at + ".basicAuth", "is a second kind of credentials: remove it, or authorization");
        }
        if (!isSecured && (store.authorization != null || store.basicAuth != null)) {
            findings.add(
                    at + (store.authorization == null ? ".basicAuth" : ".authorization"),
                    "is sent by TLS only: set tlsConfig, which may be {}, or remove it");
        }
    }

    private void authorization(String at, Authorization authorization) {
        findings.unlessMatches(at + ".type", authorization.type, Form.AUTH_SCHEME);
        if ("basic".equalsIgnoreCase(authorization.type)) {
            findings.add(at + ".type", "has a field of its own: set basicAuth instead of authorization");
        }
        required(at + ".credentials", authorization.credentials);
    }

    private void basic(String at, BasicAuth basic) {
        required(at + ".username", basic.username);
        required(at + ".password", basic.password);
    }

    private void one(String at, SecretOrConfigMap one) {
        if ((one.secret == null) == (one.configMap == null)) {
            findings.add(at, "needs one of secret and configMap: set exactly one");
        }
        if (one.secret != null) {
            findings.unlessSecretKey(at + ".secret", one.secret);
        }
        if (one.configMap != null) {
            configMap(at + ".configMap", one.configMap);
        }
    }

    private void required(String at, SecretKey key) {
        if (key == null) {
            findings.add(at, "is missing: name the key of a Secret");
        } else {
            findings.unlessSecretKey(at, key);
        }
    }

    private void configMap(String at, ConfigMapKey key) {
        findings.unlessGiven(at + ".name", key.name, "the name of a ConfigMap");
        findings.unlessMatches(at + ".name", key.name, Form.OBJECT_NAME);
        findings.unlessGiven(at + ".key", key.key, "a key of the ConfigMap");
        findings.unlessMatches(at + ".key", key.key, Form.SECRET_KEY);
    }

    private static boolean isUnverified(TlsConfig tls) {
        return Boolean.TRUE.equals(tls.insecureSkipVerify);
    }
}
