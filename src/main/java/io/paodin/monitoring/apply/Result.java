package io.paodin.monitoring.apply;

import java.util.Locale;

/** What became of one object. */
public enum Result {
    CREATED,
    CONFIGURED,
    /** Already as wanted: no request was made for it. */
    UNCHANGED,
    /** No longer wanted, so deleted. */
    PRUNED,
    /** Only from a comparison: applying would create, change or delete it. */
    PENDING,
    /** It differs from what is wanted, and is left as it is for now; the reason is told elsewhere. */
    WITHHELD,
    /** An object of that name exists that the owner does not control; it was left alone. */
    FOREIGN,
    /** Of an earlier resource of the owner's name; it is left to the garbage collector and then created anew. */
    SUPERSEDED,
    /** Being deleted; it is created anew once it is gone. */
    TERMINATING,
    /** Being deleted and created anew, while what depends on it goes on; no person has to do anything. */
    RECREATING,
    /** The change needs the object to be deleted and created anew, which only a person decides. */
    IMMUTABLE,
    /** Not created, since its namespace is being deleted: nothing can be created there any more. */
    NAMESPACE_TERMINATING,
    /** The API server finds the object invalid, or forbids it; asking again does not help before a person has acted. */
    REJECTED,
    /** The request did not succeed for a reason that may pass. */
    FAILED;

    /** Whether the object is now as wanted. */
    public boolean isDone() {
        return this == CREATED || this == CONFIGURED || this == UNCHANGED || this == PRUNED;
    }

    /** The name used in metrics. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
