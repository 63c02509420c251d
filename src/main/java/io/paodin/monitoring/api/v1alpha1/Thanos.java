package io.paodin.monitoring.api.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** A whole Thanos cluster. What the annotations cannot say is completed by {@code crd.ThanosCrdPostProcessor}. */
@Group("monitoring.paodin.io")
@Version("v1alpha1")
@Plural("thanos")
@Singular("thanos")
@ShortNames("th")
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        type = Type.STRING)
@AdditionalPrinterColumn(
        name = "Reason",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
        type = Type.STRING)
@AdditionalPrinterColumn(
        name = "Query",
        jsonPath = ".status.components[?(@.name==\"query\")].ready",
        type = Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Router",
        jsonPath = ".status.components[?(@.name==\"receive-router\")].ready",
        type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Version", jsonPath = ".status.components[0].version", type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(
        name = "Message",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].message",
        type = Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
@ValidationRule(
        value = "self.metadata.name.size() <= 63 && self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')",
        message = "metadata.name must be at most 63 lower case letters, digits and '-', starting with a letter and not "
                + "ending with '-', since Services are named after it: choose another name")
public class Thanos extends CustomResource<ThanosSpec, ThanosStatus> implements Namespaced {}
