package io.paodin.monitoring.render;

import io.paodin.monitoring.model.ConfigFile;
import io.paodin.monitoring.model.DisruptionBudget;
import io.paodin.monitoring.model.Service;
import io.paodin.monitoring.model.Workload;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The manifests' templates, each in {@code templates/<component>/<object>.yaml}, checked by the build. */
final class Templates {

    private Templates() {}

    @CheckedTemplate(basePath = "query", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static final class Query {
        static native TemplateInstance deployment(io.paodin.monitoring.model.Query query);

        static native TemplateInstance endpointsConfigMap(io.paodin.monitoring.model.Query query);
    }

    @CheckedTemplate(basePath = "receive", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static final class Receive {
        static native TemplateInstance routerDeployment(io.paodin.monitoring.model.Router router);

        static native TemplateInstance ingestorStatefulset(io.paodin.monitoring.model.Ingestor ingestor);
    }

    @CheckedTemplate(basePath = "store-gateway", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static final class StoreGateway {
        static native TemplateInstance statefulset(io.paodin.monitoring.model.StoreGateway gateway);
    }

    @CheckedTemplate(basePath = "compact", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static final class Compact {
        static native TemplateInstance statefulset(io.paodin.monitoring.model.Compact compact);
    }

    @CheckedTemplate(basePath = "shared", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static final class Shared {
        static native TemplateInstance serviceAccount(Workload workload);

        static native TemplateInstance configMap(ConfigFile file);

        static native TemplateInstance service(Service service);

        static native TemplateInstance podDisruptionBudget(DisruptionBudget budget);
    }
}
