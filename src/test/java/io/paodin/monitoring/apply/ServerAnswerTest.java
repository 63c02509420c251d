package io.paodin.monitoring.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerAnswerTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            409 | configmaps "a" already exists                                                                        | conflict
            422 | ConfigMap "a" is invalid: metadata.uid: Invalid value: "x": field is immutable                       | conflict
            422 | Deployment.apps "a" is invalid: spec.selector: Invalid value: {}: field is immutable                 | immutable
            422 | StatefulSet.apps "a" is invalid: spec: Forbidden: updates to statefulset spec for fields other than  | immutable
            422 | Service "a" is invalid: spec.clusterIPs[0]: Invalid value: [None]: may not change once set           | immutable
            422 | ConfigMap "a" is invalid: data[x y]: Invalid value                                                   | invalid
            400 | strict decoding error: unknown field                                                                 | invalid
            500 | failed to create typed patch object (a/b; apps/v1, Kind=Deployment): duplicate entries for key       | invalid
            500 | unable to convert unstructured object to apps/v1, Kind=Deployment: quantities must match             | invalid
            403 | configmaps "a" is forbidden: exceeded quota: small                                                   | forbidden
            403 | deployments.apps "a" is forbidden: User "x" cannot patch resource                                    | forbidden
            403 | unable to create new content in namespace a because it is being terminated                           | terminating
            500 | etcdserver: request timed out                                                                        | other
            """)
    void understandsRefusals(int code, String message, String meaning) {
        var answer = ServerAnswer.of(refusal(code, message));

        assertThat(answer.message()).isEqualTo(message);
        assertThat(answer.isConflict()).isEqualTo(meaning.equals("conflict"));
        assertThat(answer.isImmutable() && !answer.isConflict()).isEqualTo(meaning.equals("immutable"));
        assertThat(answer.isInvalid() && !answer.isConflict() && !answer.isImmutable())
                .isEqualTo(meaning.equals("invalid"));
        assertThat(answer.isForbidden()).isEqualTo(meaning.equals("forbidden"));
        assertThat(answer.isOfTerminatingNamespace()).isEqualTo(meaning.equals("terminating"));
        assertThat(answer.isMissing()).isFalse();
    }

    @Test
    void knowsThatTheServerDidNotAnswer() {
        var answer = ServerAnswer.of(new KubernetesClientException(
                "Operation: [patch] for kind: [ConfigMap] failed.", new IOException("Connection refused")));

        assertThat(answer.isMissing()).isTrue();
        assertThat(answer.message()).isEqualTo("Connection refused");
    }

    private static KubernetesClientException refusal(int code, String message) {
        return new KubernetesClientException(
                "Failure executing",
                code,
                new StatusBuilder().withCode(code).withMessage(message).build());
    }
}
