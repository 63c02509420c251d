package io.paodin.monitoring.api.v1alpha1;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

@Group("monitoring.paodin.io")
@Version("v1alpha1")
@Plural("thanos")
public class Thanos extends CustomResource<ThanosSpec, ThanosStatus> implements Namespaced {}
