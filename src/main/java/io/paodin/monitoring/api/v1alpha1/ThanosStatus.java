package io.paodin.monitoring.api.v1alpha1;

public class ThanosStatus {
    public Long observedGeneration;
}
