package io.paodin.monitoring.api.v1alpha1;

public class ThanosSpec {
    public Boolean paused;
}
