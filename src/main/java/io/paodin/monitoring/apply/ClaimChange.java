package io.paodin.monitoring.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a manifest changes of the claim templates of a StatefulSet. The API server changes none of it in place.
 *
 * @param what the first difference, in words; empty if it is not one of the templates
 */
record ClaimChange(Kind kind, String what) {

    enum Kind {
        /** All templates are as wanted. */
        NONE,
        /** Sizes and nothing else, and each that differs becomes greater. */
        GROWTH,
        /** Sizes and nothing else, and one becomes smaller. */
        SHRINKAGE,
        /** Other settings of the same claims. */
        SETTINGS,
        /** More claims, fewer, or claims of other names. */
        VOLUMES,
        /** Another immutable field of the StatefulSet is to change, perhaps among others. */
        OTHER
    }

    private static final ClaimChange NONE = new ClaimChange(Kind.NONE, "");
    private static final ClaimChange OTHER = new ClaimChange(Kind.OTHER, "");
    private static final List<String> OTHER_FIELDS = List.of("serviceName", "selector", "podManagementPolicy");
    private static final String TEMPLATES = "spec.volumeClaimTemplates";

    static ClaimChange of(StatefulSet live, StatefulSet wanted, KubernetesSerialization json) {
        if (!hasSameIdentity(live, wanted, json)) {
            return OTHER;
        }
        var are = live.getSpec().getVolumeClaimTemplates();
        var want = wanted.getSpec().getVolumeClaimTemplates();
        if (!names(are).equals(names(want))) {
            return new ClaimChange(
                    Kind.VOLUMES, "%s are to be %s instead of %s".formatted(TEMPLATES, names(want), names(are)));
        }
        var change = NONE;
        for (int i = 0; i < are.size(); i++) {
            var one = of(are.get(i), want.get(i), json);
            if (one.kind.compareTo(change.kind) > 0) {
                change = one;
            }
        }
        return change;
    }

    /** What a person can do, in words that follow the StatefulSet's name. */
    String remedy(StatefulSet live) {
        var metadata = live.getMetadata();
        var delete =
                "kubectl delete statefulset %s --namespace %s".formatted(metadata.getName(), metadata.getNamespace());
        return switch (kind) {
            case SHRINKAGE ->
                "%s, and claims cannot shrink: ask for as much as before. Or run %s --cascade=orphan, and it is created anew: its pods go on, the claims that exist keep their size, and only new ones are smaller"
                        .formatted(what, delete);
            case SETTINGS ->
                "%s, which is not possible in place: undo it. Or run %s --cascade=orphan, and it is created anew: its pods go on, the claims that exist stay as they are, and only new ones get the new settings"
                        .formatted(what, delete);
            case VOLUMES ->
                "%s, which is not possible in place: undo it. Or run %s, and it is created anew: its pods end and start with the new volumes, and the claims that exist are %s"
                        .formatted(
                                what,
                                delete,
                                ClaimGrowth.deletesClaims(live)
                                        ? "deleted with all data, unless persistentVolumeClaimRetentionPolicy.whenDeleted is set to Retain before"
                                        : "kept, with their data, but no longer used");
            case NONE, GROWTH, OTHER -> throw new IllegalStateException("nothing for a person to do");
        };
    }

    private static ClaimChange of(
            PersistentVolumeClaim is, PersistentVolumeClaim wanted, KubernetesSerialization json) {
        var path = "%s[%s]".formatted(TEMPLATES, name(is));
        var isSo = settings(is, json);
        var shallBe = settings(wanted, json);
        // What is no longer wanted is a difference too: the server has the templates as one value.
        var difference = Stream.of(
                        Containment.firstDifference(isSo, shallBe), Containment.firstDifference(shallBe, isSo))
                .flatMap(Optional::stream)
                .findFirst();
        if (difference.isPresent()) {
            return new ClaimChange(Kind.SETTINGS, "%s.%s is to change".formatted(path, difference.get()));
        }
        var size = StorageRequest.of(is);
        var wantedSize = StorageRequest.of(wanted);
        var what = "%s is to ask for %s of storage instead of %s".formatted(path, wantedSize, size);
        if (size.isLessThan(wantedSize)) {
            return new ClaimChange(Kind.GROWTH, what);
        }
        return wantedSize.isLessThan(size) ? new ClaimChange(Kind.SHRINKAGE, what) : NONE;
    }

    private static boolean hasSameIdentity(StatefulSet live, StatefulSet wanted, KubernetesSerialization json) {
        var is = json.convertValue(live.getSpec(), ObjectNode.class);
        var shallBe = json.convertValue(wanted.getSpec(), ObjectNode.class).retain(OTHER_FIELDS);
        return Containment.contains(is, shallBe);
    }

    /** All but the size, with what the server adds. */
    private static ObjectNode settings(PersistentVolumeClaim template, KubernetesSerialization json) {
        var settings = json.convertValue(template, ObjectNode.class);
        settings.remove("status");
        var spec = settings.withObjectProperty("spec");
        spec.withObjectProperty("resources").withObjectProperty("requests").remove(StorageRequest.RESOURCE);
        if (!spec.hasNonNull("volumeMode")) {
            spec.put("volumeMode", "Filesystem");
        }
        return settings;
    }

    private static List<String> names(List<PersistentVolumeClaim> templates) {
        return templates.stream().map(ClaimChange::name).toList();
    }

    private static String name(PersistentVolumeClaim template) {
        return template.getMetadata().getName();
    }
}
