package io.paodin.monitoring.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;

/**
 * The result for one object.
 *
 * @param desired the manifest as given; for one that is no longer wanted, the object as last seen
 * @param current the object as the server answered or the cache shows it; null if there is none
 * @param message what a person should know: the refusal, the first difference; empty if there is nothing to say
 * @param failure the error behind {@link Result#FAILED}, else null
 */
public record Applied(
        HasMetadata desired, Result result, HasMetadata current, String message, KubernetesClientException failure) {

    static Applied of(HasMetadata desired, Result result, HasMetadata current, String message) {
        return new Applied(desired, result, current, message, null);
    }

    static Applied failed(HasMetadata desired, HasMetadata current, KubernetesClientException failure) {
        return new Applied(
                desired, Result.FAILED, current, ServerAnswer.of(failure).message(), failure);
    }

    /** @param current the object that the request was about; null if it was to be created */
    static Applied refused(HasMetadata desired, HasMetadata current, KubernetesClientException e) {
        var answer = ServerAnswer.of(e);
        if (current != null && answer.isImmutable()) {
            return of(
                    desired,
                    Result.IMMUTABLE,
                    current,
                    "cannot be changed in place (%s): undo the change, or delete the object, and it is created anew"
                            .formatted(answer.message()));
        }
        if (answer.isOfTerminatingNamespace()) {
            return of(desired, Result.NAMESPACE_TERMINATING, current, answer.message());
        }
        return answer.isInvalid() || answer.isForbidden()
                ? of(desired, Result.REJECTED, current, answer.message())
                : failed(desired, current, e);
    }

    public String kind() {
        return desired.getKind();
    }

    public String name() {
        return desired.getMetadata().getName();
    }
}
