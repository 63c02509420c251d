package io.paodin.monitoring.apply;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;

/** How much storage a claim, or the template of one, asks for. */
record StorageRequest(Quantity amount) implements Comparable<StorageRequest> {

    static final String RESOURCE = "storage";

    private static final Quantity NONE = new Quantity("0");

    static StorageRequest of(PersistentVolumeClaim claim) {
        var resources = claim.getSpec().getResources();
        return new StorageRequest(
                resources == null || resources.getRequests() == null
                        ? NONE
                        : resources.getRequests().getOrDefault(RESOURCE, NONE));
    }

    boolean isLessThan(StorageRequest other) {
        return compareTo(other) < 0;
    }

    @Override
    public int compareTo(StorageRequest other) {
        return amount.getNumericalAmount().compareTo(other.amount.getNumericalAmount());
    }

    /** As it is written in a manifest. */
    @Override
    public String toString() {
        return amount.toString();
    }
}
