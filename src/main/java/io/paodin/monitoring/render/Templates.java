package io.paodin.monitoring.render;

import io.paodin.monitoring.model.ConfigFile;
import io.paodin.monitoring.model.DisruptionBudget;
import io.paodin.monitoring.model.EnvoyFiles;
import io.paodin.monitoring.model.SecuredStore;
import io.paodin.monitoring.model.Service;
import io.paodin.monitoring.model.Workload;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.Map;

/** The manifests' templates, each in {@code templates/<component>/<object>.yaml}, checked by the build. */
final class Templates {

    private Templates() {}

    @CheckedTemplate(basePath = "query", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static final class Query {
        static native TemplateInstance deployment(io.paodin.monitoring.model.Query query);

        static native TemplateInstance endpointsConfigMap(io.paodin.monitoring.model.Query query);

        /** @param data by file, in Base64 */
        static native TemplateInstance envoySecret(EnvoyFiles files, Map<String, String> data);
    }

    @CheckedTemplate(basePath = "query/envoy", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static final class Envoy {
        static native TemplateInstance bootstrap(io.paodin.monitoring.model.Envoy envoy);

        static native TemplateInstance listeners(EnvoyFiles files);

        static native TemplateInstance clusters(EnvoyFiles files);

        static native TemplateInstance credential(SecuredStore store);
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
