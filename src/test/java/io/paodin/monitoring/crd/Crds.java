package io.paodin.monitoring.crd;

import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The CRD as the build generates it, made here from the classes, so that no earlier build is needed. */
public final class Crds {

    /** The committed CRD. */
    public static final Path COMMITTED = Path.of("deploy/crd/thanos.monitoring.paodin.io-v1.yml");

    private Crds() {}

    public static String yaml() {
        var out = new ByteArrayOutputStream();
        new CRDGenerator()
                .withPostProcessor(new ThanosCrdPostProcessor())
                .withOutput(new Output(out))
                .forCRDVersions("v1")
                .customResourceClasses(Thanos.class)
                .generate();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static final class Output extends CRDGenerator.AbstractCRDOutput<ByteArrayOutputStream> {
        private final ByteArrayOutputStream out;

        private Output(ByteArrayOutputStream out) {
            this.out = out;
        }

        @Override
        protected ByteArrayOutputStream createStreamFor(String name) {
            return out;
        }
    }

    public static CustomResourceDefinition typed() {
        return Serialization.unmarshal(yaml(), CustomResourceDefinition.class);
    }
}
