package io.paodin.monitoring.apply;

/** Told of each object's result while manifests are applied (not while they are only compared); for metrics. */
@FunctionalInterface
public interface ApplyListener {

    void applied(String kind, Result result);
}
