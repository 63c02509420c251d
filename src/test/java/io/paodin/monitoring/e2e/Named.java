package io.paodin.monitoring.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The name of a {@link TestNamespace}, for manifests that tell their namespace. Without it the name is of no concern. */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@interface Named {
    String value();
}
