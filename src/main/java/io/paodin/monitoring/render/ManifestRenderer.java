package io.paodin.monitoring.render;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.paodin.monitoring.model.Cluster;
import io.paodin.monitoring.model.Compact;
import io.paodin.monitoring.model.Component;
import io.paodin.monitoring.model.ConfigFile;
import io.paodin.monitoring.model.DisruptionBudget;
import io.paodin.monitoring.model.Envoy;
import io.paodin.monitoring.model.EnvoyFiles;
import io.paodin.monitoring.model.Ingestor;
import io.paodin.monitoring.model.Query;
import io.paodin.monitoring.model.Receive;
import io.paodin.monitoring.model.Router;
import io.paodin.monitoring.model.Service;
import io.paodin.monitoring.model.StoreGateway;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Renders every object of a cluster. The same cluster always gives the same objects. */
@Singleton
public class ManifestRenderer {

    private final KubernetesSerialization serialization;
    private final PodTemplateMerge podTemplates;

    public ManifestRenderer(KubernetesSerialization serialization) {
        this.serialization = serialization;
        this.podTemplates = new PodTemplateMerge(serialization);
    }

    /** @return the objects in the order in which to apply them: what a pod reads comes before the pod */
    public List<HasMetadata> render(Cluster cluster) {
        var objects = new ArrayList<HasMetadata>();
        cluster.envoyFiles().map(this::secret).ifPresent(objects::add);
        cluster.components().forEach(component -> objects.addAll(render(component)));
        cluster.receive().map(Receive::ringBudgets).ifPresent(budgets -> objects.addAll(budgets(budgets)));
        objects.forEach(object -> object.getMetadata().setNamespace(cluster.namespace()));
        return List.copyOf(objects);
    }

    private List<HasMetadata> render(Component component) {
        var workload = component.workload();
        var objects = new ArrayList<HasMetadata>();
        if (workload.pod().ownsServiceAccount()) {
            objects.add(object(Templates.Shared.serviceAccount(workload)));
        }
        of(component).forEach(template -> objects.add(object(template)));
        objects.forEach(object -> podTemplates.merge(workload.pod().overlay(), object));
        return objects;
    }

    private static List<TemplateInstance> of(Component component) {
        if (component instanceof Query query) {
            return query(query);
        }
        if (component instanceof Router router) {
            return router(router);
        }
        if (component instanceof StoreGateway gateway) {
            return storeGateway(gateway);
        }
        if (component instanceof Compact compact) {
            return compact(compact);
        }
        return ingestor((Ingestor) component);
    }

    private static List<TemplateInstance> query(Query query) {
        var objects = new ArrayList<TemplateInstance>();
        objects.add(Templates.Query.endpointsConfigMap(query));
        query.envoy().map(ManifestRenderer::bootstrap).ifPresent(objects::add);
        objects.addAll(services(query.services()));
        objects.add(Templates.Query.deployment(query));
        objects.add(Templates.Shared.podDisruptionBudget(query.budget()));
        return objects;
    }

    private static TemplateInstance bootstrap(Envoy envoy) {
        return Templates.Shared.configMap(new ConfigFile(
                envoy.configMap(),
                envoy.labels(),
                Envoy.BOOTSTRAP,
                Templates.Envoy.bootstrap(envoy).render()));
    }

    /** What tells the proxy of a query, alone. */
    public Optional<HasMetadata> renderEnvoyFiles(Cluster cluster) {
        return cluster.envoyFiles().map(files -> {
            var secret = secret(files);
            secret.getMetadata().setNamespace(cluster.namespace());
            return secret;
        });
    }

    private HasMetadata secret(EnvoyFiles files) {
        var data = new TreeMap<String, String>();
        files(files)
                .forEach((name, text) ->
                        data.put(name, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
        return object(Templates.Query.envoySecret(files, data));
    }

    /** The files that Envoy watches, by name. */
    private static Map<String, String> files(EnvoyFiles files) {
        var texts = new TreeMap<String, String>();
        if (files.isWanted()) {
            texts.put(EnvoyFiles.LISTENERS, Templates.Envoy.listeners(files).render());
            texts.put(EnvoyFiles.CLUSTERS, Templates.Envoy.clusters(files).render());
            files.stores().stream()
                    .filter(store -> store.material().credential() != null)
                    .forEach(store -> texts.put(
                            EnvoyFiles.credential(store),
                            Templates.Envoy.credential(store).render()));
        }
        return texts;
    }

    private static List<TemplateInstance> router(Router router) {
        var objects = new ArrayList<TemplateInstance>();
        objects.add(Templates.Shared.configMap(router.hashrings()));
        if (router.limits() != null) {
            objects.add(Templates.Shared.configMap(router.limits()));
        }
        objects.addAll(services(router.services()));
        objects.add(Templates.Receive.routerDeployment(router));
        objects.add(Templates.Shared.podDisruptionBudget(router.budget()));
        return objects;
    }

    private static List<TemplateInstance> ingestor(Ingestor ingestor) {
        return List.of(Templates.Shared.service(ingestor.service()), Templates.Receive.ingestorStatefulset(ingestor));
    }

    private static List<TemplateInstance> storeGateway(StoreGateway gateway) {
        return List.of(
                Templates.Shared.service(gateway.service()),
                Templates.StoreGateway.statefulset(gateway),
                Templates.Shared.podDisruptionBudget(gateway.budget()));
    }

    private static List<TemplateInstance> compact(Compact compact) {
        return List.of(Templates.Shared.service(compact.service()), Templates.Compact.statefulset(compact));
    }

    private static List<TemplateInstance> services(List<Service> services) {
        return services.stream().map(Templates.Shared::service).toList();
    }

    private List<HasMetadata> budgets(List<DisruptionBudget> budgets) {
        return budgets.stream()
                .map(budget -> object(Templates.Shared.podDisruptionBudget(budget)))
                .toList();
    }

    private HasMetadata object(TemplateInstance template) {
        return serialization.unmarshal(template.render());
    }
}
