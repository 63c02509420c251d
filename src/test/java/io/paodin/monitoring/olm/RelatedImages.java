package io.paodin.monitoring.olm;

import io.paodin.monitoring.config.OperatorConfig;
import io.smallrye.config.WithDefault;
import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The images that the operator runs where a resource names none: the defaults of its settings {@code paodin.images}. */
record RelatedImages(Map<String, String> byName) {

    static RelatedImages ofSettings() {
        var images = new TreeMap<String, String>();
        Stream.of(OperatorConfig.Images.class.getMethods())
                .filter(method -> method.isAnnotationPresent(WithDefault.class))
                .sorted(Comparator.comparing(Method::getName))
                .forEach(method -> images.put(
                        method.getName().toLowerCase(Locale.ROOT),
                        method.getAnnotation(WithDefault.class).value()));
        return new RelatedImages(images);
    }

    /** What OLM puts another image into where the network has no way out. */
    static String variable(String name) {
        return "RELATED_IMAGE_" + name.toUpperCase(Locale.ROOT);
    }

    /** The setting of the operator. */
    static String setting(String name) {
        return "PAODIN_IMAGES_" + name.toUpperCase(Locale.ROOT);
    }
}
